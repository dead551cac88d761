// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/JsonCursor.h"

#include <cstring>

/// Lenient reads of other people's frames: a member of another type than expected is passed over as
/// if it were absent, instead of spoiling the frame. Values are held as views of their exact text
/// until the frame is known to be whole. Pure.
namespace frame {

/// Calls `member(name)` for each member when an object comes next; passes over anything else.
template <typename Member>
void members(JsonCursor& in, Member&& member)
{
    if (in.peek() == '{') {
        in.object(member);
    } else {
        in.skip();
    }
}

template <typename Element>
void elements(JsonCursor& in, Element&& element)
{
    if (in.peek() == '[') {
        in.array(element);
    } else {
        in.skip();
    }
}

/// The exact text of what comes next; empty for null.
QByteArrayView held(JsonCursor& in);

/// A whole number, -1 for anything else.
qint64 whole(JsonCursor& in);

/// The characters of a string's exact text; empty for anything else. Halves of surrogate pairs stay
/// as they are, because the other half may come in the next frame; broken UTF-8 becomes U+FFFD.
QString text(QByteArrayView exact);

/// A name compared with a literal, which the compiler turns into a few machine words.
template <std::size_t Size>
bool named(QByteArrayView name, const char (&literal)[Size])
{
    return std::size_t(name.size()) == Size - 1 && std::memcmp(name.data(), literal, Size - 1) == 0;
}

/// True for the exact text of this ASCII string.
template <std::size_t Size>
bool is(QByteArrayView exact, const char (&literal)[Size])
{
    return std::size_t(exact.size()) == Size + 1 && exact.front() == '"'
        && std::memcmp(exact.data() + 1, literal, Size - 1) == 0;
}

} // namespace frame
