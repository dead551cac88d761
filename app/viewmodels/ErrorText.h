// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QString>

/// Says what happened and what to do, in the reader's language. Codes that have a sentence of their
/// own come first, then the kind of the error decides.
QString errorSentence(const Error& error);

/// The facts for somebody who helps: kind and code. Never a secret, never anybody's answers.
QString errorDetails(const Error& error);
