// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/FsrsScheduler.h"
#include "store/Outbox.h"
#include "store/PracticeStore.h"

/// A review on its way to the academy. `owner` is the account, `label` what a person would call it.
NewOp reviewOp(const ReviewLog& log, const UserId& owner, const QString& label);

/// A judged exercise on its way to the academy. Its course is found when it is sent.
NewOp studyOp(const StudyEvent& event, const UserId& owner, const QString& label);
