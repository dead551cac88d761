// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Id.h"

#include <memory>

class Database;
class LaneUploader;
class RestClient;

/// Carries study work to the academy: lane `review:<user>` to push_review_logs, lane
/// `study:<user>` to push_study_events. Register both uploaders with the SyncEngine and keep this
/// object alive as long as the engine. GUI thread.
class StudySync
{
public:
    explicit StudySync(RestClient& rest);
    ~StudySync();

    LaneUploader& reviews();
    LaneUploader& events();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Hands what a guest studied to the account that signed in: logs and events are copied into
/// `own` under `owner` with outbox rows, card states are folded again, and the guest's rows are
/// marked as adopted. Safe to repeat and to interrupt; resolves with the number of rows adopted.
Async<int> adoptGuestWork(Database& guest, Database& own, const UserId& owner);
