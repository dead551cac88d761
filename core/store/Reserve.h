// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QString>

/// Disk space set aside in a file of its own, given back when the disk is full. Lives on the
/// database's thread.
class Reserve
{
public:
    explicit Reserve(QString path) : m_path(std::move(path)) { }

    /// Really allocates the blocks; Storage store_full when they are not there.
    Result<void> hold(qint64 bytes);
    bool isHeld() const;
    void release();

private:
    QString m_path;
};
