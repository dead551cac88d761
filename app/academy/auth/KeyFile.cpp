// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/KeyFile.h"

#include "wire/Jwt.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace academy {

namespace {

constexpr const char* developmentSecret = "super-secret-jwt-token-with-at-least-32-characters-long";
constexpr std::chrono::hours keyLifetime{24 * 365 * 10};

Error failure(const char* code, const QString& sentence)
{
    return Error{ErrorKind::Storage, QString::fromLatin1(code), sentence, std::nullopt};
}

/// A key whose claims stand in exactly this order, so that the development keys come out as the
/// texts every Supabase example shows.
std::string apiKey(const std::string& payload, const std::string& secret)
{
    const QByteArray head = base64UrlEncode(QByteArrayView(R"({"alg":"HS256","typ":"JWT"})"));
    const QByteArray signedPart = head + '.' + base64UrlEncode(QByteArray::fromStdString(payload));
    return (signedPart + '.'
        + base64UrlEncode(hmacSha256(QByteArray::fromStdString(secret), signedPart)))
        .toStdString();
}

std::string randomText(RandomSource& random, std::size_t length)
{
    constexpr std::string_view alphabet
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::string text;
    while (text.size() < length) {
        text += alphabet[static_cast<std::size_t>(random.below(alphabet.size()))];
    }
    return text;
}

std::string member(const QJsonObject& object, QLatin1String name)
{
    return object.value(name).toString().toStdString();
}

const QString signingKeyName = QStringLiteral("signing_key");

void use(Keys& keys, const SigningKey& key)
{
    keys.signingKey = key;
    keys.publicKeys = JwkSet::parse(QByteArray::fromStdString(keys.jwks())).valueOr({});
}

} // namespace

KeyFile::KeyFile(std::filesystem::path file) : m_file(std::move(file)) { }

Keys KeyFile::developmentKeys()
{
    Keys keys;
    keys.jwtSecret = developmentSecret;
    keys.anonKey
        = apiKey(R"({"iss":"supabase-demo","role":"anon","exp":1983812996})", keys.jwtSecret);
    keys.serviceRoleKey = apiKey(
        R"({"iss":"supabase-demo","role":"service_role","exp":1983812996})", keys.jwtSecret);
    keys.publishableKey = "sb_publishable_neolingus_demo_academy";
    keys.secretKey = "sb_secret_neolingus_demo_academy";
    return keys;
}

Result<Keys> KeyFile::open(bool demo, bool es256, RandomSource& random, WallTime now) const
{
    const QString path = QString::fromStdString(m_file.string());
    QFile file(path);
    if (!file.exists()) {
        return create(demo, es256, random, now);
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return failure("data_dir",
            QStringLiteral("The key file %1 cannot be read: %2.").arg(path, file.errorString()));
    }
    const QJsonObject stored = QJsonDocument::fromJson(file.readAll()).object();
    Keys keys{member(stored, QLatin1String("jwt_secret")),
        member(stored, QLatin1String("anon_key")),
        member(stored, QLatin1String("service_role_key")),
        member(stored, QLatin1String("publishable_key")),
        member(stored, QLatin1String("secret_key"))};
    if (keys.jwtSecret.empty() || keys.anonKey.empty() || keys.serviceRoleKey.empty()) {
        return failure("data_dir", QStringLiteral("The key file %1 is damaged.").arg(path));
    }
    if (stored.value(QLatin1String("demo")).toBool() != demo) {
        return failure("data_dir_kind",
            demo ? QStringLiteral(
                "This data directory belongs to a real academy; it is never opened "
                "with the public keys of --demo. Choose another --data directory.")
                 : QStringLiteral(
                     "This data directory belongs to a demo academy. Start it with --demo, "
                     "or choose another --data directory."));
    }
    if (const QJsonObject jwk = stored.value(signingKeyName).toObject(); !jwk.isEmpty()) {
        const auto key = SigningKey::fromJwk(jwk);
        if (!key) {
            return failure("data_dir", QStringLiteral("The key file %1 is damaged.").arg(path));
        }
        use(keys, *key);
    } else if (es256) {
        return addSigningKey(std::move(keys), stored);
    }
    return keys;
}

Result<Keys> KeyFile::create(bool demo, bool es256, RandomSource& random, WallTime now) const
{
    Keys keys = developmentKeys();
    if (!demo) {
        const auto issued = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch();
        const std::string times = ",\"iat\":" + std::to_string(issued.count())
            + ",\"exp\":" + std::to_string((issued + keyLifetime).count()) + "}";
        keys.jwtSecret = randomText(random, 48);
        keys.anonKey = apiKey(R"({"iss":"supabase","role":"anon")" + times, keys.jwtSecret);
        keys.serviceRoleKey
            = apiKey(R"({"iss":"supabase","role":"service_role")" + times, keys.jwtSecret);
        keys.publishableKey = "sb_publishable_" + randomText(random, 31);
        keys.secretKey = "sb_secret_" + randomText(random, 31);
    }
    const auto text = [](const std::string& value) { return QString::fromStdString(value); };
    const QJsonObject stored{{QStringLiteral("demo"), demo},
        {QStringLiteral("jwt_secret"), text(keys.jwtSecret)},
        {QStringLiteral("anon_key"), text(keys.anonKey)},
        {QStringLiteral("service_role_key"), text(keys.serviceRoleKey)},
        {QStringLiteral("publishable_key"), text(keys.publishableKey)},
        {QStringLiteral("secret_key"), text(keys.secretKey)}};
    if (es256) {
        return addSigningKey(std::move(keys), stored);
    }
    const auto written = write(stored);
    return written ? Result<Keys>(keys) : written.error();
}

Result<Keys> KeyFile::addSigningKey(Keys keys, QJsonObject stored) const
{
    const auto key = SigningKey::create();
    if (!key) {
        return failure("data_dir", QStringLiteral("A signing key could not be made."));
    }
    stored.insert(signingKeyName, key->privateJwk());
    if (const auto written = write(stored); !written) {
        return written.error();
    }
    use(keys, *key);
    return keys;
}

Result<void> KeyFile::write(const QJsonObject& stored) const
{
    const QString path = QString::fromStdString(m_file.string());
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(QJsonDocument(stored).toJson()) > 0 && file.commit();
    if (!written) {
        return failure("data_dir",
            QStringLiteral("The key file %1 cannot be written: %2.").arg(path, file.errorString()));
    }
    return {};
}

} // namespace academy
