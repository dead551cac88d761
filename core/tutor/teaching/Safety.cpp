// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/teaching/Safety.h"

#include <QRegularExpression>

namespace {

/// Zero-width and direction marks, tags and other characters that are read by a model and by nobody else.
bool isHidden(char32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff
        || c == 0x00ad || (c >= 0xe0000 && c <= 0xe007f) || (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
}

QRegularExpression anyOf(const char* alternatives)
{
    return QRegularExpression(QStringLiteral("(?<![\\p{L}\\p{N}])(?:%1)(?![\\p{L}\\p{N}])").arg(QString::fromUtf8(alternatives)),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
}

} // namespace

QString asData(const QString& text, qsizetype most)
{
    QString plain;
    plain.reserve(text.size());
    // Look-alikes first, so that what they become is treated like the signs themselves.
    const auto points = text.normalized(QString::NormalizationForm_KC).toUcs4();
    for (const char32_t c : points) {
        if (!isHidden(c)) {
            plain += QString::fromUcs4(&c, 1);
        }
    }
    plain.replace(QStringLiteral("<|"), QStringLiteral("‹ "));
    plain.replace(QStringLiteral("|>"), QStringLiteral(" ›"));
    static const QRegularExpression opening(QStringLiteral("<{2,}"));
    static const QRegularExpression closing(QStringLiteral(">{2,}"));
    static const QRegularExpression ticks(QStringLiteral("`{2,}|~{3,}"));
    plain.replace(opening, QStringLiteral("‹"));
    plain.replace(closing, QStringLiteral("›"));
    plain.replace(ticks, QStringLiteral("´"));
    return plain.left(most).trimmed();
}

QString asDataLine(const QString& text, qsizetype most)
{
    return asData(text, most).simplified();
}

QString fenced(const QString& name, const QString& text, qsizetype most)
{
    return QStringLiteral("<<<%1\n%2\n%1>>>").arg(name, asData(text, most));
}

LearnerConcern concernOf(const QString& learnerText)
{
    static const QRegularExpression distress = anyOf(
        "kill myself|hurt myself|cut myself|end my life|want to die|wanna die|suicid\\w*|"
        "matarme|quitarme la vida|quiero morir(?:me)?|hacerme daño|me quiero morir|"
        "matar-me|llevar-me la vida|vull morir|em vull morir|fer-me mal|"
        "(?:hits|hit|beats|touches) me (?:at home|every)|me pega en casa|em pega a casa");
    static const QRegularExpression personal(QStringLiteral(
        "[\\w.+-]+@[\\w-]+\\.[\\w.-]+|(?<!\\d)(?:\\+?\\d{2,3}[ .-]?)?\\d{3}[ .-]?\\d{2,3}[ .-]?\\d{2}[ .-]?\\d{2}(?!\\d)"));
    if (distress.match(learnerText).hasMatch()) {
        return LearnerConcern::Distress;
    }
    return personal.match(learnerText).hasMatch() ? LearnerConcern::PersonalData : LearnerConcern::None;
}

bool asksForPersonalData(const QString& reply)
{
    static const QRegularExpression asks = anyOf(
        "(?:what is|what's|tell me|give me|send me|write|share) your (?:full name|surname|last name|address|home address|"
        "phone(?: number)?|telephone(?: number)?|mobile number|e-?mail(?: address)?|password|school's name|date of birth|"
        "instagram|whatsapp|photo|picture)|"
        "which school do you go to|where exactly do you live|send me a (?:photo|picture) of you\\w*|"
        "(?:dime|dame|cuál es|escribe|mándame|envíame) tu (?:nombre completo|apellido|dirección|teléfono|número de teléfono|"
        "móvil|correo|contraseña|fecha de nacimiento|foto|instagram|whatsapp)|"
        "(?:digues-me|dona'm|quin és|quina és|escriu|envia'm) (?:el teu|la teua|la teva) (?:nom complet|cognom|adreça|telèfon|"
        "número de telèfon|mòbil|correu|contrasenya|data de naixement|foto|instagram|whatsapp)");
    return asks.match(reply).hasMatch();
}

bool promisesAMark(const QString& reply)
{
    static const QRegularExpression promises = anyOf(
        "\\d{1,3}(?:[.,]\\d+)? ?/ ?(?:5|10|20|100)|\\d{1,3} ?out of ?(?:5|10|20|100)|\\d{1,3} ?%|"
        "you(?:'ll| will| would| are going to) (?:definitely |certainly |surely |easily )?(?:pass|get an? [A-F][+-]?|get full marks)|"
        "(?:your|the) (?:grade|mark|score) (?:is|would be|will be)|band (?:score )?\\d(?:\\.\\d)?|"
        "(?:vas a|seguro que vas a) aprobar|aprobarás|sacarás un \\d+|tu nota (?:es|sería|será)|un \\d+(?:[.,]\\d+)? sobre \\d+|"
        "aprovaràs|trauràs un \\d+|la teua nota (?:és|seria|serà)|un \\d+(?:[.,]\\d+)? sobre \\d+");
    return promises.match(reply).hasMatch();
}
