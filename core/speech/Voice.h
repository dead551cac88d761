// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QObject>
#include <QStringList>

/// Somebody who says sentences aloud. Lives on the thread it was made on; its signals come there,
/// later and never from inside a call.
class Voice : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Looks which languages can be spoken here; languagesFound() follows.
    virtual void look() = 0;
    /// Says one sentence and cuts off what is being said. `language` is BCP 47; `pace` goes from -1
    /// to 1, 0 being the voice's own. Ends with ended() or failed(), unless it is cut off.
    virtual void say(const QString& sentence, const QString& language, double pace) = 0;
    /// Silence. What was being said does not end any more.
    virtual void hush() = 0;

Q_SIGNALS:
    /// Languages by their two or three letters, without countries; empty when nothing can speak.
    void languagesFound(const QStringList& languages);
    void ended();
    /// Storage `voice_failed`: the sentence could not be said.
    void failed(const Error& error);
};
