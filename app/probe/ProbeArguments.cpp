// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/ProbeArguments.h"

#include "wire/Json.h"

namespace {

Error usage(const QString& sentence)
{
    return {ErrorKind::Invalid, QStringLiteral("usage"), sentence, {}};
}

Result<QJsonObject> objectFrom(const QString& text)
{
    const Result<QJsonValue> value = parseJson(text.toUtf8());
    if (!value.ok() || !value->isObject()) {
        return usage(QStringLiteral("\"%1\" is not a JSON object.").arg(text));
    }
    return value->toObject();
}

/// "[EVENT@][schema.]table[?filter]"
Result<PostgresBinding> bindingFrom(const QString& text)
{
    PostgresBinding binding;
    QString rest = text;
    const qsizetype question = rest.indexOf(QLatin1Char('?'));
    if (question >= 0) {
        binding.filter = rest.mid(question + 1);
        rest.truncate(question);
    }
    if (const qsizetype at = rest.indexOf(QLatin1Char('@')); at >= 0) {
        binding.event = rest.left(at).toUpper();
        rest = rest.mid(at + 1);
    }
    if (const qsizetype dot = rest.indexOf(QLatin1Char('.')); dot >= 0) {
        binding.schema = rest.left(dot);
        rest = rest.mid(dot + 1);
    }
    static const QStringList events{QStringLiteral("*"), QStringLiteral("INSERT"),
        QStringLiteral("UPDATE"), QStringLiteral("DELETE")};
    if (rest.isEmpty() || binding.schema.isEmpty() || !events.contains(binding.event)) {
        return usage(QStringLiteral("\"%1\" is not [EVENT@][schema.]table[?filter].").arg(text));
    }
    binding.table = rest == QLatin1String("*") ? QString() : rest;
    return binding;
}

/// Takes words one after the other; most options have one value.
class Words
{
public:
    explicit Words(const QStringList& words) : m_words(words) { }
    bool atEnd() const { return m_at >= m_words.size(); }
    QString next() { return atEnd() ? QString() : m_words.at(m_at++); }

private:
    const QStringList& m_words;
    qsizetype m_at = 0;
};

std::optional<Error> take(ProbeArguments& into, const QString& option, const QString& value)
{
    if (option == QLatin1String("--url")) {
        into.project.url = QUrl(value, QUrl::StrictMode);
        const QString scheme = into.project.url.scheme();
        const bool known = scheme == QLatin1String("http") || scheme == QLatin1String("https");
        return known && !into.project.url.host().isEmpty()
            ? std::nullopt
            : std::optional(usage(QStringLiteral("--url needs http:// or https:// and a host.")));
    }
    if (option == QLatin1String("--key")) {
        into.project.anonKey = value;
    } else if (option == QLatin1String("--email")) {
        into.email = value;
    } else if (option == QLatin1String("--pin")) {
        QString hex = value;
        hex.remove(QLatin1Char(':'));
        into.project.certificatePin = QByteArray::fromHex(hex.toLatin1());
        constexpr qsizetype Sha256Size = 32;
        if (into.project.certificatePin.size() != Sha256Size) {
            return usage(QStringLiteral("--pin needs the 64 hexadecimal digits of a SHA-256."));
        }
    } else if (option == QLatin1String("--vsn")) {
        if (value != QLatin1String("1.0.0") && value != QLatin1String("2.0.0")) {
            return usage(QStringLiteral("--vsn is 1.0.0 or 2.0.0."));
        }
        into.version = value == QLatin1String("1.0.0") ? PhoenixVersion::V1 : PhoenixVersion::V2;
    } else if (option == QLatin1String("--table")) {
        const Result<PostgresBinding> binding = bindingFrom(value);
        if (!binding.ok()) {
            return binding.error();
        }
        into.tables.append(*binding);
    } else if (option == QLatin1String("--topic") || option == QLatin1String("--private")) {
        into.topics.append({value, option == QLatin1String("--private")});
    } else if (option == QLatin1String("--broadcast")) {
        const QString topic = value.section(QLatin1Char(' '), 0, 0);
        const QString event = value.section(QLatin1Char(' '), 1, 1);
        const QString text = value.section(QLatin1Char(' '), 2);
        const Result<QJsonObject> payload
            = text.isEmpty() ? Result<QJsonObject>(QJsonObject()) : objectFrom(text);
        if (topic.isEmpty() || event.isEmpty()) {
            return usage(QStringLiteral("--broadcast needs \"TOPIC EVENT [JSON]\"."));
        }
        if (!payload.ok()) {
            return payload.error();
        }
        into.broadcasts.append({topic, event, *payload});
    } else if (option == QLatin1String("--track")) {
        const Result<QJsonObject> meta = objectFrom(value);
        if (!meta.ok()) {
            return meta.error();
        }
        into.presence = *meta;
    } else if (option == QLatin1String("--presence-key")) {
        into.presenceKey = value;
    } else if (option == QLatin1String("--rest")) {
        into.reads.append(value);
    } else if (option == QLatin1String("--rpc")) {
        const QString text = value.section(QLatin1Char(' '), 1);
        const Result<QJsonObject> arguments
            = text.isEmpty() ? Result<QJsonObject>(QJsonObject()) : objectFrom(text);
        if (!arguments.ok()) {
            return arguments.error();
        }
        into.calls.append({value.section(QLatin1Char(' '), 0, 0), *arguments});
    } else if (option == QLatin1String("--for")) {
        bool isNumber = false;
        const double seconds = value.toDouble(&isNumber);
        constexpr double LongestDays = 30 * 86'400;
        if (!isNumber || seconds < 0 || seconds > LongestDays) {
            return usage(QStringLiteral("--for needs a number of seconds."));
        }
        into.duration = std::chrono::milliseconds(qint64(seconds * 1000));
    } else {
        return usage(QStringLiteral("\"%1\" is not an option.").arg(option));
    }
    return std::nullopt;
}

} // namespace

Result<ProbeArguments> ProbeArguments::parse(
    const QStringList& words, const QString& keyFromEnvironment)
{
    ProbeArguments arguments;
    arguments.project.anonKey = keyFromEnvironment;
    Words in(words);
    while (!in.atEnd()) {
        const QString option = in.next();
        if (option == QLatin1String("--help") || option == QLatin1String("-h")) {
            arguments.help = true;
            return arguments;
        }
        if (option == QLatin1String("--once")) {
            arguments.once = true;
            continue;
        }
        if (option == QLatin1String("--kept")) {
            arguments.kept = true;
            continue;
        }
        if (option.startsWith(QLatin1String("--")) && in.atEnd()) {
            return usage(QStringLiteral("%1 needs a value.").arg(option));
        }
        if (const auto problem = take(arguments, option, in.next())) {
            return *problem;
        }
    }
    if (arguments.project.url.isEmpty()) {
        return usage(QStringLiteral("--url is missing."));
    }
    if (arguments.project.anonKey.isEmpty()) {
        return usage(QStringLiteral("The key is missing: --key or NEOLINGUS_KEY."));
    }
    if (arguments.kept && !arguments.email.isEmpty()) {
        return usage(QStringLiteral("--email and --kept exclude each other."));
    }
    return arguments;
}

QString ProbeArguments::helpText()
{
    return QStringLiteral(R"(Usage: neolingus-probe watch --url URL [--key KEY] [OPTION VALUE]...

Talks to an academy or any Supabase project as the desktop program does and prints every event and
change of state as one line of JSON. "t" is the computer's monotonic time in microseconds.

  --url URL             the project, such as http://127.0.0.1:54321
  --key KEY             its anon or publishable key; also from the environment: NEOLINGUS_KEY
  --email ADDRESS       sign in; the password is NEOLINGUS_PASSWORD or the first line of the input
  --kept                be whoever is signed in to this project in the desktop program on this
                        computer; both share the session from then on
  --pin SHA256          accept exactly this certificate (hexadecimal)
  --vsn 1.0.0|2.0.0     how to speak to the realtime server; 2.0.0 when not given
  --table [EVENT@][SCHEMA.]TABLE[?FILTER]
                        watch row changes; "*" for every table of a schema
  --topic NAME          join a public channel
  --private NAME        join a private channel
  --broadcast "TOPIC EVENT [JSON]"
                        send to a channel once it is live, and wait for the server's word
  --track JSON          show this presence on every joined topic
  --presence-key KEY    under this key; "probe" when not given
  --rest PATH           read rows, such as "courses?select=id&limit=5"
  --rpc "NAME [JSON]"   call a function
  --for SECONDS         how long to listen, 10 when not given
  --once                end as soon as every channel is live or refused and every answer is there;
                        --for is then the longest it may take
  --help

--table, --topic, --private, --broadcast, --rest and --rpc may be given several times.

Exit codes: 0 everything asked for worked; 2 the arguments are wrong; 3 the academy could not be
reached; 4 the sign-in was refused, or no session is kept; 5 a channel was not live at the end; 6 a broadcast, a read or a
call failed.
)");
}
