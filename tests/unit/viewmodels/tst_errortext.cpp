// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/ErrorText.h"

#include <QSet>
#include <QTest>

#include <array>

class TestErrorText : public QObject
{
    Q_OBJECT

    static constexpr std::array AllKinds {ErrorKind::Offline, ErrorKind::Timeout, ErrorKind::Unauthorized, ErrorKind::Forbidden,
        ErrorKind::NotFound, ErrorKind::Conflict, ErrorKind::Invalid, ErrorKind::RateLimited, ErrorKind::Server,
        ErrorKind::Protocol, ErrorKind::Storage, ErrorKind::Cancelled};

private Q_SLOTS:
    void everyKindHasASentence()
    {
        QSet<QString> sentences;
        for (const ErrorKind kind : AllKinds) {
            const QString sentence = errorSentence(Error {kind, QStringLiteral("some_code"), QStringLiteral("detail"), {}});
            QVERIFY2(sentence.endsWith(QLatin1Char('.')), qPrintable(sentence));
            sentences.insert(sentence);
        }
        QCOMPARE(sentences.size(), qsizetype(AllKinds.size()));
    }

    void codesThatPeopleMeetHaveTheirOwn_data()
    {
        QTest::addColumn<QString>("code");
        for (const char* code : {"invalid_credentials", "ACADEMY_NOT_OPEN", "ACADEMY_LEASE_TAKEN", "ACADEMY_FENCED",
                 "ACADEMY_CLOSED", "store_newer", "store_full", "store_corrupt", "store_locked", "store_readonly",
                 "store_failed", "store_unreadable", "store_migration", "device_unwritable", "academy_newer",
                 "paper_malformed", "pack_unreadable", "pack_older", "pack_no_manifest", "pack_json",
                 // All that the tutor's room, its wires and its relay can say.
                 "no_key", "no_model", "key_invalid", "no_permission", "model_not_found", "quota", "rate_limited", "overloaded",
                 "context_full", "bad_parameter", "bad_request", "not_sse", "too_large", "server_error", "empty_reply",
                 "interrupted", "empty", "too_long", "unknown_conversation", "unknown_message", "busy", "exam_running",
                 "budget_tokens", "budget_money", "breaker_open", "connect_timeout", "headers_timeout", "first_content_timeout",
                 "gap_timeout", "silence_timeout", "total_timeout", "nothing_to_continue", "needs_sign_in",
                 "ACADEMY_SECOND_STEP", "quota_student", "quota_academy", "duplicate", "relay_missing", "relay_misconfigured",
                 "catalogue_invalid", "catalogue_newer", "catalogue_moves_key"}) {
            QTest::newRow(code) << QString::fromLatin1(code);
        }
    }
    void codesThatPeopleMeetHaveTheirOwn()
    {
        QFETCH(QString, code);
        const QString own = errorSentence(Error {ErrorKind::Server, code, {}, {}});
        QVERIFY(own != errorSentence(Error {ErrorKind::Server, QStringLiteral("another"), {}, {}}));
    }

    void nothingInternalReachesTheScreen()
    {
        const Error error {ErrorKind::Server, QStringLiteral("XX000"), QStringLiteral("token=abc relation secrets"), {}};
        QVERIFY(!errorSentence(error).contains(QStringLiteral("abc")));
        QVERIFY(!errorDetails(error).contains(QStringLiteral("abc")));
        QVERIFY(errorDetails(error).contains(QStringLiteral("XX000")));
    }
};

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_errortext.moc"
