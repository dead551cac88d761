// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/PgSession.h"

#include <libpq-fe.h>

#include <vector>

PgSession::PgSession(const QByteArray& conninfo) : m_connection(PQconnectdb(conninfo.constData()))
{
    // Notices are part of what some statements do, not of what a test says.
    PQsetNoticeProcessor(
        m_connection, [](void*, const char*) {}, nullptr);
}

PgSession::~PgSession()
{
    PQfinish(m_connection);
}

bool PgSession::isOpen() const
{
    return PQstatus(m_connection) == CONNECTION_OK;
}

PgAnswer PgSession::taken(void* opaque)
{
    auto* result = static_cast<PGresult*>(opaque);
    PgAnswer answer;
    switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
        answer.affected = PQntuples(result);
        for (int row = 0; row < PQntuples(result); ++row) {
            QStringList cells;
            for (int column = 0; column < PQnfields(result); ++column) {
                cells << QString::fromUtf8(PQgetvalue(result, row, column));
            }
            answer.rows << cells;
        }
        break;
    case PGRES_COMMAND_OK:
        answer.affected = QByteArray(PQcmdTuples(result)).toInt();
        break;
    default: {
        const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        answer.sqlState = state ? QString::fromLatin1(state) : QStringLiteral("08000");
        const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
        answer.message = QString::fromUtf8(message ? message : PQerrorMessage(m_connection));
        break;
    }
    }
    PQclear(result);
    if (!answer.ok() && PQtransactionStatus(m_connection) == PQTRANS_INERROR) {
        PQclear(PQexec(m_connection, "rollback"));
    }
    return answer;
}

PgAnswer PgSession::run(const QString& script)
{
    return taken(PQexec(m_connection, script.toUtf8().constData()));
}

PgAnswer PgSession::run(const QString& statement, const QStringList& parameters)
{
    QList<QByteArray> texts;
    std::vector<const char*> values;
    for (const QString& parameter : parameters) {
        texts << parameter.toUtf8();
    }
    for (qsizetype index = 0; index < texts.size(); ++index) {
        values.push_back(parameters.at(index).isNull() ? nullptr : texts.at(index).constData());
    }
    return taken(PQexecParams(m_connection, statement.toUtf8().constData(), int(values.size()),
        nullptr, values.data(), nullptr, nullptr, 0));
}
