// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/LevelWords.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace {

constexpr std::array bands {
    std::pair {"A1", Cefr::A1},
    std::pair {"A2", Cefr::A2},
    std::pair {"B1", Cefr::B1},
    std::pair {"B2", Cefr::B2},
};

struct Ending
{
    const char* suffix;
    const char* instead;
};

/// The most telling endings first; a stem that is no word is tried with the next.
constexpr std::array endings {
    Ending {"ies", "y"},
    Ending {"ied", "y"},
    Ending {"iest", "y"},
    Ending {"ier", "y"},
    Ending {"ily", "y"},
    Ending {"ing", ""},
    Ending {"ing", "e"},
    Ending {"ed", ""},
    Ending {"ed", "e"},
    Ending {"es", ""},
    Ending {"s", ""},
    Ending {"est", ""},
    Ending {"est", "e"},
    Ending {"er", ""},
    Ending {"er", "e"},
    Ending {"ally", ""},
    Ending {"ly", ""},
    Ending {"ly", "le"},
};

bool endsDoubled(const QString& stem)
{
    return stem.size() > 3 && stem.back() == stem[stem.size() - 2];
}

} // namespace

LevelWords::LevelWords(const QString& language)
{
    const QString base = language.section(QLatin1Char('-'), 0, 0);
    m_english = base == QLatin1String("en");
    QFile file(QStringLiteral(":/tutor/words_%1.json").arg(base));
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    for (const auto& [name, level] : bands) {
        const QStringList words
            = json.value(QLatin1String(name)).toString().split(QLatin1Char(' '), Qt::SkipEmptyParts);
        for (const QString& word : words) {
            if (!m_bands.contains(word)) {
                m_bands.insert(word, level);
            }
        }
    }
}

std::optional<Cefr> LevelWords::exact(const QString& word) const
{
    const auto found = m_bands.find(word);
    return found == m_bands.end() ? std::nullopt : std::optional(*found);
}

std::optional<Cefr> LevelWords::bandOf(const QString& written) const
{
    QString word = written.toLower();
    word.replace(QChar(u'’'), QLatin1Char('\''));
    if (const auto band = exact(word)) {
        return band;
    }
    if (const qsizetype apostrophe = word.indexOf(QLatin1Char('\'')); apostrophe > 0) {
        QString bare = word.left(apostrophe);
        if (m_english && word.endsWith(QLatin1String("n't"))) {
            bare = word.chopped(3);
        }
        return bandOf(m_english ? bare : word.mid(apostrophe + 1));
    }
    if (word.contains(QLatin1Char('-'))) {
        std::optional<Cefr> hardest;
        for (const QString& part : word.split(QLatin1Char('-'), Qt::SkipEmptyParts)) {
            const auto band = bandOf(part);
            if (!band) {
                return std::nullopt;
            }
            hardest = std::max(hardest.value_or(*band), *band);
        }
        return hardest;
    }
    if (!m_english) {
        return std::nullopt;
    }
    for (const Ending& ending : endings) {
        const QLatin1String suffix(ending.suffix);
        if (!word.endsWith(suffix) || word.size() < suffix.size() + 2) {
            continue;
        }
        const QString stem = word.chopped(suffix.size()) + QLatin1String(ending.instead);
        if (const auto band = exact(stem)) {
            return band;
        }
        if (endsDoubled(stem)) {
            if (const auto band = exact(stem.chopped(1))) {
                return band;
            }
        }
    }
    return std::nullopt;
}
