// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/FailurePolicy.h"

#include <QTest>

class TestFailurePolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sorts_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("code");
        QTest::addColumn<FailurePolicy>("policy");
        const auto row = [](const char* name, ErrorKind kind, const char* code, FailurePolicy policy) {
            QTest::newRow(name) << kind << QString::fromLatin1(code) << policy;
        };
        using K = ErrorKind;
        using P = FailurePolicy;
        row("no network", K::Offline, "", P::Retry);
        row("too slow", K::Timeout, "", P::Shrink);
        row("gateway timeout", K::Timeout, "http_504", P::Shrink);
        row("too large", K::Invalid, "http_413", P::Shrink);
        row("server error", K::Server, "http_500", P::Retry);
        row("too many requests", K::RateLimited, "http_429", P::Retry);
        row("the academy's own limit", K::RateLimited, "ACADEMY_LIMIT", P::Retry);
        row("server shutting down", K::Invalid, "57P01", P::Retry);
        row("serialisation failure", K::Conflict, "40001", P::Retry);
        row("deadlock", K::Conflict, "40P01", P::Retry);
        row("schema cache loading", K::Server, "PGRST002", P::Retry);
        row("lock not available", K::Conflict, "55P03", P::Retry);
        row("token expired", K::Unauthorized, "PGRST301", P::Authenticate);
        row("token expired by code", K::Invalid, "PGRST301", P::Authenticate);
        row("signed out", K::Unauthorized, "signed_out", P::Authenticate);
        row("row-level security", K::Forbidden, "42501", P::ConfirmUser);
        row("function missing", K::NotFound, "PGRST202", P::ServerTooOld);
        row("function missing in SQL", K::NotFound, "42883", P::ServerTooOld);
        row("bad data", K::Invalid, "22P02", P::Quarantine);
        row("broken constraint", K::Conflict, "23514", P::Quarantine);
        row("raised", K::Invalid, "P0001", P::Quarantine);
        row("the academy says no", K::Conflict, "ACADEMY_CLOSED", P::Quarantine);
        row("unreadable here", K::Invalid, "op_unreadable", P::Quarantine);
        row("a proxy's 403", K::Forbidden, "http_403", P::Retry);
        row("a proxy's 404", K::NotFound, "http_404", P::Retry);
        row("a hotel's login page", K::Protocol, "json_invalid", P::Retry);
        row("local disk", K::Storage, "store_full", P::Retry);
        row("nobody answered", K::Cancelled, "abandoned", P::Retry);
        row("unknown to us", K::Invalid, "PGRST116", P::CountThenQuarantine);
        row("unknown SQL state", K::Invalid, "42P01", P::CountThenQuarantine);
    }

    void sorts()
    {
        QFETCH(ErrorKind, kind);
        QFETCH(QString, code);
        QFETCH(FailurePolicy, policy);
        QCOMPARE(policyFor(Error {kind, code, {}, {}}), policy);
    }
};

QTEST_GUILESS_MAIN(TestFailurePolicy)
#include "tst_failurepolicy.moc"
