// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

/// What the program was asked for on its command line. A value.
struct CommandLine
{
    QString profile;    ///< folder for all data; empty: the usual places
    QString academy;    ///< address that overrides the settings
    QString key;        ///< public key of that academy
    QString theme;      ///< light or dark, overrides the settings
    QString language;   ///< en or es, overrides the settings
    QString pack;       ///< file with a unit that is to be added
    bool selfTest = false;
    QString shots;      ///< folder for a picture of every page of the self-test
    QString only;       ///< the self-test shows only pages whose name begins so
    QString puppet;     ///< socket of the driver, testing builds only
    QString firstFrame; ///< file for the start benchmark, testing builds only

    /// What to do instead of starting: print `text` and end with `exitCode`.
    struct Answer
    {
        QString text;
        int exitCode = 0;
    };

    /// Reads the arguments, the program's own name included. An answer for --help, --version and
    /// for arguments that make no sense (exit code 2).
    static std::optional<Answer> parse(const QStringList& arguments, CommandLine& line);
};
