// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/FrameReading.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace {

QChar plainEscape(char c)
{
    switch (c) {
    case 'b':
        return u'\b';
    case 'f':
        return u'\f';
    case 'n':
        return u'\n';
    case 'r':
        return u'\r';
    case 't':
        return u'\t';
    default:
        return QLatin1Char(c);
    }
}

QString unescaped(QByteArrayView inside, const char* slash)
{
    QString out;
    out.reserve(inside.size());
    const char* at = inside.begin();
    const char* const end = inside.end();
    while (slash && end - slash > 1) {
        out += QString::fromUtf8(at, slash - at);
        at = slash + 2;
        if (slash[1] != 'u') {
            out += plainEscape(slash[1]);
        } else {
            const QByteArrayView hex(at, std::min<qsizetype>(4, end - at));
            bool isHex = false;
            const ushort unit = hex.toUShort(&isHex, 16);
            out += isHex && hex.size() == 4 ? QChar(unit) : QChar(QChar::ReplacementCharacter);
            at += hex.size();
        }
        slash = static_cast<const char*>(std::memchr(at, '\\', size_t(end - at)));
    }
    out += QString::fromUtf8(at, end - at);
    return out;
}

} // namespace

QByteArrayView frame::held(JsonCursor& in)
{
    return in.null() ? QByteArrayView() : in.skip();
}

qint64 frame::whole(JsonCursor& in)
{
    const bool isNumber = in.isNumber();
    const QByteArrayView exact = in.skip();
    bool fits = false;
    const qint64 number = isNumber ? exact.toLongLong(&fits) : -1;
    if (fits || !isNumber) {
        return number;
    }
    const double real = exact.toDouble(&fits);
    return fits && real >= 0 && real < 1e15 && std::trunc(real) == real ? qint64(real) : -1;
}

QString frame::text(QByteArrayView exact)
{
    if (exact.size() < 3 || exact.front() != '"') {
        return {};
    }
    const QByteArrayView inside = exact.sliced(1, exact.size() - 2);
    const auto* slash = static_cast<const char*>(std::memchr(inside.data(), '\\', size_t(inside.size())));
    return slash ? unescaped(inside, slash) : QString::fromUtf8(inside);
}
