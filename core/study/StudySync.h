// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

class LaneUploader;
class RestClient;

/// Carries study work to the academy: lane `review:<user>` to push_review_logs, lane
/// `study:<user>` to push_study_events. Register both uploaders with the SyncEngine and keep this
/// object alive as long as the engine. Practice that belongs to no course of the person yet, because
/// nobody has enrolled them or their pack is in none of several courses, waits here until it does.
/// GUI thread.
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
