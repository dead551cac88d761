// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/FallbackChain.h"

#include "tutor/ModelCatalogue.h"

#include <QTest>

namespace {

TutorSettings of(const char* provider, const char* model)
{
    const auto settings = ModelCatalogue::shipped().settingsFor(QLatin1String(provider), QLatin1String(model));
    return settings.value_or(TutorSettings());
}

QStringList names(const FallbackChain& chain)
{
    QStringList names;
    for (const TutorSettings& tutor : chain.order()) {
        names.append(tutor.name() + QLatin1Char('/') + tutor.model);
    }
    return names;
}

bool always(const TutorSettings&)
{
    return true;
}

} // namespace

class TestFallbackChain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameTierFirstThenTheRestThenLocalThenNotes()
    {
        const FallbackChain chain({of("openai", "gpt-6-luna"), of("notes", ""), of("ollama", "qwen"), of("google", "gemini-4-hydrogen"),
                                      of("anthropic", "claude-haiku-5-5"), of("google", "gemini-3.5-flash-lite")},
            ModelCatalogue::shipped());
        QCOMPARE(names(chain),
            (QStringList {QStringLiteral("openai/gpt-6-luna"), QStringLiteral("anthropic/claude-haiku-5-5"),
                QStringLiteral("google/gemini-3.5-flash-lite"), QStringLiteral("google/gemini-4-hydrogen"),
                QStringLiteral("ollama/qwen"), QStringLiteral("notes/")}));
    }

    void thePreferredOneStaysFirstWhateverItIs()
    {
        const FallbackChain chain({of("notes", ""), of("openai", "gpt-6-luna")}, ModelCatalogue::shipped());
        QCOMPARE(chain.current().name(), QStringLiteral("notes"));
        QVERIFY(chain.isAtPreferred());
        QVERIFY(chain.hasNext());
    }

    void eachIsAskedOnceAndTheUnusableAreSkipped()
    {
        FallbackChain chain({of("openai", "a"), of("anthropic", "b"), of("google", "c")}, ModelCatalogue::shipped());
        QVERIFY(chain.advance([](const TutorSettings& tutor) { return tutor.model != QLatin1String("b"); }));
        QCOMPARE(chain.current().model, QStringLiteral("c"));
        QVERIFY(!chain.isAtPreferred());
        QCOMPARE(chain.preferred().model, QStringLiteral("a"));
        QVERIFY(!chain.advance(always));
        QCOMPARE(chain.current().model, QStringLiteral("c"));
    }

    void anEmptyOrderIsTheNotes()
    {
        FallbackChain chain({}, ModelCatalogue::shipped());
        QVERIFY(chain.current().provider == TutorProviderKind::Notes);
        QVERIFY(!chain.advance(always));
    }

    void someErrorsFollowEverywhere_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("helps");
        QTest::newRow("quota") << int(ErrorKind::Forbidden) << QStringLiteral("quota") << true;
        QTest::newRow("overloaded") << int(ErrorKind::Server) << QStringLiteral("overloaded") << true;
        QTest::newRow("the student's budget") << int(ErrorKind::RateLimited) << QStringLiteral("budget_money") << true;
        QTest::newRow("no key") << int(ErrorKind::Unauthorized) << QStringLiteral("no_key") << true;
        QTest::newRow("offline") << int(ErrorKind::Offline) << QStringLiteral("network_refused") << true;
        QTest::newRow("an exam") << int(ErrorKind::Forbidden) << QStringLiteral("exam_running") << false;
        QTest::newRow("moderation") << int(ErrorKind::Forbidden) << QStringLiteral("moderation") << false;
        QTest::newRow("a bad request") << int(ErrorKind::Invalid) << QStringLiteral("bad_request") << false;
        QTest::newRow("our own disk") << int(ErrorKind::Storage) << QStringLiteral("store_full") << false;
        QTest::newRow("nobody wants it") << int(ErrorKind::Cancelled) << QStringLiteral("cancelled") << false;
    }
    void someErrorsFollowEverywhere()
    {
        QFETCH(int, kind);
        QFETCH(QString, code);
        QFETCH(bool, helps);
        QCOMPARE(FallbackChain::mayHelp(Error {ErrorKind(kind), code, {}, {}}), helps);
    }
};

QTEST_GUILESS_MAIN(TestFallbackChain)
#include "tst_fallbackchain.moc"
