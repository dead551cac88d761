// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "tutor/TutorProviders.h"

#include <QStringList>

#include <functional>

/// `neolingus-probe tutor decode`: what the program reads out of a recorded answer of a provider,
/// event by event and as a whole. No network, no key.
class TutorDecode
{
public:
    /// Gives the exit code: 0 read, 2 the arguments are wrong, 6 the file cannot be read.
    static int run(const QStringList& words, const std::function<void(const QByteArray&)>& write);

private:
    struct Arguments
    {
        TutorWire wire = TutorWire::OpenAiChat;
        QString file;
        qsizetype cut = 0; ///< bytes per read; 0: all at once
        int status = 200;
        bool help = false;
    };

    static Result<Arguments> parse(const QStringList& words);
    static void decode(const Arguments& arguments, const QByteArray& body,
        const std::function<void(const QByteArray&)>& write);
};
