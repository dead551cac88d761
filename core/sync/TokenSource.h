// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Async.h"
#include "base/Id.h"

#include <QObject>

/// Who is signed in, as the sync engine sees it. Lives on the GUI thread.
class TokenSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Empty when nobody is signed in or the session needs a new sign-in.
    virtual UserId user() const = 0;
    /// Answers once a token of user() is at hand that is good for another minute.
    virtual Async<void> ready() = 0;

Q_SIGNALS:
    void changed();
};
