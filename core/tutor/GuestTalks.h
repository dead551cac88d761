// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Clock.h"
#include "base/Id.h"
#include "base/Random.h"

#include <QList>

class Database;
class QObject;

/// Gives a guest's conversations to the person who signed in: whole trees with their drafts go into
/// the person's file and wait there to be sent, then they leave the guest's. A program that dies in
/// between goes on at the person's next sign-in, and nobody else gets them: they are claimed first.
/// Answers with the conversations that came. `context` must not outlive the databases. GUI thread.
Async<QList<ConversationId>> adoptGuestTalks(Database& guest, Database& own, const UserId& owner, const DeviceId& device,
    Clock& clock, RandomSource& random, QObject* context);
