// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Id.h"

#include <QObject>

class AiTutorStreamManager;
class Database;
class RestClient;

/// Brings the academy's own catalogue of models (table tutor_catalogue) to the tutor: the kept one at
/// once, so that it holds without a network, and what the academy says now with fetch(). One that
/// cannot be used is refused and changes nothing. GUI thread; everything outlives it.
class AcademyCatalogue : public QObject
{
    Q_OBJECT

public:
    /// An empty owner is a guest, who has no academy.
    AcademyCatalogue(AiTutorStreamManager& tutor, Database& database, RestClient& rest, const UserId& owner,
        QObject* parent = nullptr);

    /// Answers whether another catalogue holds from now on. Errors: those of RestClient, Storage, and
    /// what refused() says.
    Async<bool> fetch();

Q_SIGNALS:
    /// The academy's catalogue cannot be used: Invalid catalogue_invalid, catalogue_newer or
    /// catalogue_moves_key. What held before holds on.
    void refused(const Error& error);
    void changed();

private:
    Async<bool> adopt(const QByteArray& json);

    AiTutorStreamManager& m_tutor;
    Database& m_database;
    RestClient& m_rest;
    UserId m_owner;
    QByteArray m_inUse;
    bool m_fetched = false;
};
