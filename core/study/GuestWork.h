// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Id.h"

class Database;
class QObject;

/// Hands what a guest studied to the account that signed in: logs and events are copied from the
/// guest's file into the account's own with outbox rows under `owner`; then the guest's rows are
/// marked as handed over and leave the guest's outbox. Safe to repeat and to interrupt at any
/// point; resolves with the number of rows that were new. Call StudyLibrary::open() afterwards: it
/// folds the cards. The two databases are different files; both outlive the answer. GUI thread;
/// `context` dying cancels what has not begun.
Async<int> adoptGuestWork(Database& guest, Database& own, const UserId& owner, QObject* context);
