// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ModelCatalogue.h"

#include "tutor/QuirkMemory.h"

#include <QTest>

#include <algorithm>

namespace {

QByteArray withProvider(const QByteArray& members)
{
    return "{\"version\":1,\"providers\":[{" + members + "}]}";
}

const QByteArray plain = "\"id\":\"x\",\"wire\":\"openai-chat\",\"base_url\":\"https://x.example/v1\"";

QByteArray withModel(const QByteArray& members)
{
    return withProvider(plain + ",\"models\":[{" + members + "}]");
}

} // namespace

class TestModelCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }

    void theShippedOneIsSound()
    {
        const ModelCatalogue& catalogue = ModelCatalogue::shipped();
        QVERIFY(catalogue.providers().size() >= 8);
        for (const ProviderEntry& provider : catalogue.providers()) {
            QVERIFY(provider.models.isEmpty() || catalogue.model(provider.id, provider.defaultModel));
            const auto settings = catalogue.settingsFor(provider.id);
            QVERIFY(settings.has_value());
            QCOMPARE(settings->name(), provider.id);
            QCOMPARE(settings->costs(), provider.place != TutorPlace::Local);
            QCOMPARE(settings->needsKey, provider.place == TutorPlace::Cloud);
        }
        QVERIFY(ModelCatalogue::parseFromAcademy("{\"version\":1,\"providers\":[{\"id\":\"x\",\"wire\":\"notes\",\"place\":\"local\"}]}").ok());
    }

    void aBrokenFileSaysWhere_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("where");
        const QString invalid = QStringLiteral("catalogue_invalid");
        QTest::newRow("not JSON") << QByteArray("{") << invalid << QStringLiteral("file");
        QTest::newRow("a list") << QByteArray("[]") << invalid << QStringLiteral("file");
        QTest::newRow("of the future") << QByteArray("{\"version\":2,\"providers\":[]}") << QStringLiteral("catalogue_newer") << QString();
        QTest::newRow("no version") << QByteArray("{\"providers\":[{}]}") << invalid << QStringLiteral("catalogue.version");
        QTest::newRow("nobody in it") << QByteArray("{\"version\":1,\"providers\":[]}") << invalid << QStringLiteral("catalogue.providers");
        QTest::newRow("a provider without id") << withProvider("\"wire\":\"notes\"") << invalid << QStringLiteral("providers[0].id");
        QTest::newRow("an unknown wire") << withProvider("\"id\":\"x\",\"wire\":\"morse\"") << invalid << QStringLiteral("providers[0].wire");
        QTest::newRow("an open line") << withProvider("\"id\":\"x\",\"wire\":\"openai-chat\",\"base_url\":\"http://x.example/v1\"") << invalid << QStringLiteral("providers[0].base_url");
        QTest::newRow("a key in the address") << withProvider("\"id\":\"x\",\"wire\":\"gemini\",\"base_url\":\"https://x.example/v1?key=1\"") << invalid << QStringLiteral("providers[0].base_url");
        QTest::newRow("a model without tier") << withModel("\"id\":\"m\"") << invalid << QStringLiteral("providers[0].models[0].tier");
        QTest::newRow("a price in words") << withModel("\"id\":\"m\",\"tier\":\"small\",\"price\":{\"input\":\"free\",\"output\":1}") << invalid << QStringLiteral("providers[0].models[0].price.input");
        QTest::newRow("half a price") << withModel("\"id\":\"m\",\"tier\":\"small\",\"price\":{\"input\":1}") << invalid << QStringLiteral("providers[0].models[0].price.output");
        QTest::newRow("an effort nobody offers") << withModel("\"id\":\"m\",\"tier\":\"small\",\"efforts\":[\"low\"],\"effort\":\"max\"") << invalid << QStringLiteral("providers[0].models[0].effort");
        QTest::newRow("a measurement of nothing") << withModel("\"id\":\"m\",\"tier\":\"small\",\"checked\":{\"in_level\":1,\"of\":0,\"on\":\"2026-11-24\"}") << invalid << QStringLiteral("providers[0].models[0].checked.of");
        QTest::newRow("a measurement of no day") << withModel("\"id\":\"m\",\"tier\":\"small\",\"checked\":{\"in_level\":1,\"of\":2,\"on\":\"soon\"}") << invalid << QStringLiteral("providers[0].models[0].checked.on");
        QTest::newRow("the same model twice") << withProvider(plain + ",\"models\":[{\"id\":\"m\",\"tier\":\"small\"},{\"id\":\"m\",\"tier\":\"small\"}]") << invalid << QStringLiteral("providers[0].models");
    }
    void aBrokenFileSaysWhere()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, code);
        QFETCH(QString, where);
        const auto catalogue = ModelCatalogue::parse(json);
        QVERIFY(!catalogue.ok());
        QCOMPARE(catalogue.error().code, code);
        QVERIFY2(catalogue.error().detail.startsWith(where), qPrintable(catalogue.error().detail));
    }

    void anAcademyCannotMoveAKey()
    {
        const QByteArray moved = "{\"version\":1,\"providers\":[{\"id\":\"openai\",\"wire\":\"openai-chat\",\"base_url\":\"https://elsewhere.example/v1\"}]}";
        QVERIFY(ModelCatalogue::parse(moved).ok());
        QCOMPARE(ModelCatalogue::parseFromAcademy(moved).error().code, QStringLiteral("catalogue_moves_key"));
        QVERIFY(ModelCatalogue::parseFromAcademy(withProvider(plain)).ok());
    }

    void whatWasMeasuredStandsWithItsModel()
    {
        const auto catalogue = ModelCatalogue::parse(
            withProvider(plain + ",\"models\":[{\"id\":\"m\",\"tier\":\"small\",\"checked\":{\"in_level\":57,\"of\":60,\"on\":\"2026-11-24\"}},"
                                 "{\"id\":\"n\",\"tier\":\"small\"}]"));
        QVERIFY2(catalogue.ok(), catalogue.ok() ? "" : qPrintable(catalogue.error().detail));
        const QList<ModelEntry>& models = catalogue->providers().first().models;
        QCOMPARE(models.first().check, (ModelCheck {57, 60, QStringLiteral("2026-11-24")}));
        QVERIFY(!models.last().check);
        // Nothing is claimed that nobody measured.
        for (const ProviderEntry& provider : ModelCatalogue::shipped().providers()) {
            QVERIFY(std::ranges::none_of(provider.models, [](const ModelEntry& model) { return model.check.has_value(); }));
        }
    }

    void datedNamesAreFoundUnderTheLongestEntry()
    {
        const ModelCatalogue& catalogue = ModelCatalogue::shipped();
        const QString openai = QStringLiteral("openai");
        QCOMPARE(catalogue.model(openai, QStringLiteral("gpt-6-luna-2026-10-01"))->id, QStringLiteral("gpt-6-luna"));
        QVERIFY(!catalogue.model(openai, QStringLiteral("gpt-6-lunatic")));
        QVERIFY(!catalogue.model(QStringLiteral("nobody"), QStringLiteral("gpt-6-luna")));
        QCOMPARE(catalogue.tierOf(openai, QStringLiteral("gpt-6-sol")), QStringLiteral("medium"));
    }

    void prices_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("model");
        QTest::addColumn<qint64>("input");
        QTest::addColumn<qint64>("cached");
        QTest::addColumn<qint64>("output");
        QTest::addColumn<qint64>("micros");
        const auto row = [](const char* name, const char* provider, const char* model, qint64 input, qint64 cached, qint64 output, qint64 micros) {
            QTest::newRow(name) << QString::fromLatin1(provider) << QString::fromLatin1(model) << input << cached << output << micros;
        };
        row("a million in", "openai", "gpt-6-luna", 1'000'000, 0, 0, 100'000);
        row("a million out", "openai", "gpt-6-luna", 0, 0, 1'000'000, 500'000);
        row("cached costs a tenth", "openai", "gpt-6-luna", 1'000'000, 1'000'000, 0, 10'000);
        row("rounded up", "openai", "gpt-6-luna", 1, 0, 0, 1);
        row("nothing", "openai", "gpt-6-luna", 0, 0, 0, 0);
        row("a long prompt costs more", "anthropic", "claude-haiku-5-5", 200'000, 0, 1'000, 102'500);
        row("just not long", "anthropic", "claude-haiku-5-5", 100'000, 0, 1'000, 10'500);
        row("nobody knows", "openai", "unheard-of", 10, 0, 10, -1);
        row("at home it is free", "ollama", "qwen", 10, 0, 10, 0);
        row("the provider did not say", "openai", "gpt-6-luna", -1, -1, -1, -1);
    }
    void prices()
    {
        QFETCH(QString, provider);
        QFETCH(QString, model);
        QFETCH(qint64, input);
        QFETCH(qint64, cached);
        QFETCH(qint64, output);
        QFETCH(qint64, micros);
        QCOMPARE(ModelCatalogue::shipped().costMicros(provider, model, {input, output, cached, 0, 0}), micros);
    }

    void patienceDependsOnThePlaceAndTheModel()
    {
        const ModelCatalogue& catalogue = ModelCatalogue::shipped();
        using std::chrono::seconds;
        QCOMPARE(catalogue.settingsFor(QStringLiteral("openai"))->timeouts.firstContent, seconds(60));
        QCOMPARE(catalogue.settingsFor(QStringLiteral("openai"), QStringLiteral("gpt-6.1-sol"))->timeouts.firstContent, seconds(300));
        QCOMPARE(catalogue.settingsFor(QStringLiteral("ollama"))->timeouts.firstContent, seconds(600));
        QCOMPARE(catalogue.settingsFor(QStringLiteral("ollama"))->timeouts.headers, seconds(0));
        QCOMPARE(catalogue.settingsFor(QStringLiteral("academy"))->timeouts.headers, seconds(150));
        QVERIFY(!catalogue.settingsFor(QStringLiteral("nobody")).has_value());
    }

    void whatWasLearntLiesOverTheCatalogue()
    {
        const ModelCatalogue& catalogue = ModelCatalogue::shipped();
        const TutorSettings tutor = catalogue.settingsFor(QStringLiteral("openai")).value_or(TutorSettings());
        QuirkMemory memory;
        TutorQuirks quirks = memory.quirksFor(catalogue, tutor);
        QVERIFY(quirks.developerRole);
        QCOMPARE(quirks.useMaxTokens, std::optional(false));
        quirks.dropped.append(QStringLiteral("verbosity"));
        quirks.resumable = true;
        const QJsonObject kept = memory.learn(catalogue, tutor, quirks);

        QuirkMemory later;
        later.load({{{tutor.name(), tutor.model}, kept}});
        const TutorQuirks again = later.quirksFor(catalogue, tutor);
        QVERIFY(again.dropped.contains(QStringLiteral("verbosity")));
        QVERIFY(again.dropped.contains(QStringLiteral("logit_bias"))); // the catalogue's own
        QVERIFY(again.resumable);
        QCOMPARE(again.useMaxTokens, std::optional(false));
        TutorSettings other = tutor;
        other.model = QStringLiteral("gpt-6-sol");
        QVERIFY(!later.quirksFor(catalogue, other).dropped.contains(QStringLiteral("verbosity")));
    }

    void aProvidersQuirksHoldForModelsNobodyListed()
    {
        const ModelCatalogue& catalogue = ModelCatalogue::shipped();
        QVERIFY(catalogue.quirksFor(QStringLiteral("llamacpp"), QStringLiteral("anything")).resumable);
        QVERIFY(!catalogue.quirksFor(QStringLiteral("ollama"), QStringLiteral("anything")).resumable);
    }

    void estimatesErrOnTheHighSide()
    {
        TutorPrompt prompt;
        prompt.system = QString(300, QLatin1Char('x'));
        prompt.turns = {{TutorRole::Learner, QString(30, QLatin1Char('y')), {}}};
        prompt.maxTokens = 400;
        QCOMPARE(estimatedTokens(prompt), 110 + 16 + 400);
        QCOMPARE(estimatedTokens(QStringLiteral("gato")), 2);
        QCOMPARE(estimatedTokens(QStringLiteral("кошка")), 3);
        QCOMPARE(estimatedTokens(QStringLiteral("\u6bcf\u5929\u5b66\u4e60\uac00\uae30")), 6);
    }
};

QTEST_GUILESS_MAIN(TestModelCatalogue)
#include "tst_modelcatalogue.moc"
