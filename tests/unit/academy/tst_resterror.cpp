// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/rest/RestError.h"

#include "academy/rest/Preferences.h"

#include <QTest>

using namespace academy;

/// PostgreSQL's refusals as HTTP, and the Prefer header.
class TestRestError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statuses_data()
    {
        QTest::addColumn<QByteArray>("state");
        QTest::addColumn<int>("anonymous");
        QTest::addColumn<int>("signedIn");
        const auto row = [](const char* state, int anonymous, int signedIn) {
            QTest::newRow(state) << QByteArray(state) << anonymous << signedIn;
        };
        row("42501", 401, 403);
        for (const char* state : {"22P02", "23502", "23514", "42703", "P0001", "99999"}) {
            row(state, 400, 400);
        }
        for (const char* state : {"23503", "23505", "PT409"}) {
            row(state, 409, 409);
        }
        row("42883", 404, 404);
        row("42P01", 404, 404);
        row("42P17", 500, 500);
        row("25006", 405, 405);
        row("25001", 500, 500);
        row("28000", 403, 403);
        row("0LP01", 403, 403);
        row("53300", 503, 503);
        row("53400", 500, 500);
        row("57014", 500, 500);
        row("57P01", 503, 503);
        row("08006", 503, 503);
        row("40001", 500, 500);
        row("P0002", 500, 500);
        row("XX000", 500, 500);
        row("PT429", 429, 429);
        row("PTabc", 500, 500);
        row("PT999", 500, 500);
    }
    void statuses()
    {
        QFETCH(QByteArray, state);
        QFETCH(int, anonymous);
        QFETCH(int, signedIn);
        const PgError error{state.toStdString(), "m", {}, {}, {}};
        QCOMPARE(static_cast<int>(RestError::fromPostgres(error, true).status), anonymous);
        QCOMPARE(static_cast<int>(RestError::fromPostgres(error, false).status), signedIn);
    }

    void messagesDecideSomeStatuses()
    {
        QCOMPARE(RestError::fromPostgres({"22023", "role \"x\" does not exist", {}, {}, {}}, false)
                     .status,
            401U);
        QCOMPARE(RestError::fromPostgres({"22023", "other", {}, {}, {}}, false).status, 400U);
        QCOMPARE(
            RestError::fromPostgres({"21000", "DELETE requires a WHERE clause", {}, {}, {}}, false)
                .status,
            400U);
    }

    void bodiesHaveAllFourMembers()
    {
        const Response answer
            = RestError{409, "PT409", "ACADEMY_FENCED", {}, "a \"hint\"", {}, {}}.response();
        QCOMPARE(QByteArray::fromStdString(answer.body),
            "{\"code\":\"PT409\",\"details\":null,\"hint\":\"a "
            "\\\"hint\\\"\",\"message\":\"ACADEMY_FENCED\"}");
        QCOMPARE(answer.status, 409U);
    }

    void theFirstPreferenceOfAKindWins()
    {
        Request request;
        request.raw.insert("Prefer", "return=representation, count=exact,return=minimal");
        request.raw.insert("Prefer", "resolution=merge-duplicates, colour=blue");
        const Preferences wanted = Preferences::of(request);
        QVERIFY(wanted.returning == Preferences::Return::Representation);
        QVERIFY(wanted.resolution == Preferences::Resolution::MergeDuplicates);
        QVERIFY(wanted.count == Count::Exact);
        QCOMPARE(QByteArray::fromStdString(wanted.applied({"resolution", "return", "count", "tx"})),
            "resolution=merge-duplicates, return=representation, count=exact");
        QCOMPARE(wanted.unknown.size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestRestError)
#include "tst_resterror.moc"
