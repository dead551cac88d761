// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/DatabaseWorker.h"

DatabaseWorker::DatabaseWorker(const QString& path, DatabaseOptions options) :
    m_file(path, std::move(options)), m_reserve(path + QStringLiteral(".reserve"))
{
}

namespace {

/// Troubles that end by themselves or by somebody's hand while the program runs.
bool mayPass(const Error& error)
{
    return error.code == QLatin1String("store_full") || error.code == QLatin1String("store_locked")
        || error.code == QLatin1String("store_unreadable") || error.code == QLatin1String("store_readonly");
}

} // namespace

Result<DatabaseOpened> DatabaseWorker::open()
{
    m_unusable.reset();
    auto opened = m_file.open();
    if (!opened && opened.error().code == QLatin1String("store_full") && m_reserve.isHeld()) {
        m_reserve.release();
        Q_EMIT reserveReleased();
        opened = m_file.open();
    }
    if (!opened) {
        m_unusable = opened.error();
    }
    return opened;
}

std::optional<Error> DatabaseWorker::run(bool writes, const Work& work)
{
    if (m_unusable && mayPass(*m_unusable)) {
        if (const auto opened = open()) {
            Q_EMIT openedLate(*opened);
        }
    }
    if (m_unusable) {
        return m_unusable;
    }
    auto error = m_file.transact(writes, work);
    if (error && error->code == QLatin1String("store_full") && m_reserve.isHeld()) {
        m_reserve.release();
        Q_EMIT reserveReleased();
        error = m_file.transact(writes, work);
    }
    if (error && error->code == QLatin1String("store_corrupt")) {
        const auto replaced = m_file.replaceDamaged();
        if (!replaced) {
            m_unusable = replaced.error();
            return m_unusable;
        }
        Q_EMIT damageRepaired(*replaced);
        error = m_file.transact(writes, work);
    }
    return error;
}
