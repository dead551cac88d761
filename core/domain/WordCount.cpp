// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/WordCount.h"

#include <QChar>
#include <QList>

namespace {

bool isWordCharacter(char32_t c)
{
    return QChar::isLetterOrNumber(c) || QChar::isMark(c);
}

bool joinsLetters(char32_t c)
{
    switch (c) {
    case U'\'':
    case U'\u2019': // right single quotation mark, the typographic apostrophe
    case U'\u02BC': // modifier letter apostrophe
    case U'-':
    case U'\u2010': // hyphen
    case U'\u2011': // non-breaking hyphen
    case U'\u00B7': // middle dot of col·legi
    case U'\u00AD': // soft hyphen
        return true;
    default:
        return false;
    }
}

bool joinsDigits(char32_t c)
{
    return c == U'.' || c == U',' || c == U':' || c == U'/';
}

} // namespace

int countWords(QStringView text)
{
    const QList<uint> characters = text.toUcs4();
    int words = 0;
    bool inside = false;
    for (qsizetype i = 0; i < characters.size(); ++i) {
        const char32_t c = characters[i];
        if (isWordCharacter(c)) {
            words += inside ? 0 : 1;
            inside = true;
            continue;
        }
        const char32_t before = i > 0 ? characters[i - 1] : 0;
        const char32_t after = i + 1 < characters.size() ? characters[i + 1] : 0;
        const bool joins = (joinsLetters(c) && isWordCharacter(after))
            || (joinsDigits(c) && QChar::isDigit(before) && QChar::isDigit(after));
        inside = inside && joins;
    }
    return words;
}
