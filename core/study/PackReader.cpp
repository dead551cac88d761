// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/PackReader.h"

#include "study/PackManifest.h"
#include "study/PackSignature.h"
#include "wire/Json.h"

#include <QCryptographicHash>
#include <QFile>

namespace {

const QString manifestName = QStringLiteral("pack.json");

Error defect(const char* code, const QString& detail)
{
    return Error {ErrorKind::Invalid, QLatin1String(code), detail, {}};
}

Result<void> checkMedia(const Pack& pack, const PackArchive& archive, const PackLimits& limits)
{
    for (const PackAsset& asset : pack.assets) {
        if (!archive.contains(asset.path)) {
            return defect("pack_asset", asset.path + QStringLiteral(" is missing"));
        }
        if (archive.sizeOf(asset.path) != asset.bytes) {
            return defect("pack_asset", asset.path + QStringLiteral(" has another size"));
        }
        const Result<QByteArray> bytes = archive.entry(asset.path, limits.entryBytes);
        if (!bytes) {
            return bytes.error();
        }
        const QByteArray hash = QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256).toHex();
        if (QLatin1String(hash) != asset.sha256) {
            return defect("pack_asset", asset.path + QStringLiteral(" has another checksum"));
        }
    }
    return {};
}

} // namespace

PackReader::PackReader(PackLimits limits, QHash<QString, QByteArray> trustedKeys)
    : m_limits(limits), m_trustedKeys(std::move(trustedKeys))
{
}

Result<std::shared_ptr<const Pack>> PackReader::readManifest(const QByteArray& json) const
{
    const Result<QJsonValue> parsed = parseJson(json);
    if (!parsed || !parsed->isObject()) {
        return defect("pack_json", parsed ? QStringLiteral("not an object") : parsed.error().detail);
    }
    Result<Pack> pack = parsePackManifest(parsed->toObject());
    if (!pack) {
        return pack.error();
    }
    const Result<QString> signer = verifyPackSignature(json, parsed->toObject(), m_trustedKeys);
    if (!signer) {
        return signer.error();
    }
    pack.value().signedBy = *signer;
    pack.value().manifest = json;
    return std::shared_ptr<const Pack>(std::make_shared<Pack>(std::move(pack).value()));
}

Result<std::shared_ptr<const Pack>> PackReader::read(const QByteArray& archiveBytes) const
{
    const Result<PackArchive> archive = PackArchive::open(archiveBytes, m_limits);
    if (!archive) {
        return archive.error();
    }
    if (!archive->contains(manifestName)) {
        return defect("pack_no_manifest", {});
    }
    const Result<QByteArray> manifest = archive->entry(manifestName, m_limits.jsonBytes);
    if (!manifest) {
        return manifest.error();
    }
    Result<std::shared_ptr<const Pack>> pack = readManifest(*manifest);
    if (!pack) {
        return pack;
    }
    if (const Result<void> media = checkMedia(**pack, *archive, m_limits); !media) {
        return media.error();
    }
    return pack;
}

Result<std::shared_ptr<const Pack>> PackReader::readFile(const QString& path) const
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error {ErrorKind::Storage, QStringLiteral("pack_unreadable"), file.errorString(), {}};
    }
    if (file.size() > m_limits.archiveBytes) {
        return defect("pack_too_large", QStringLiteral("%1 bytes").arg(file.size()));
    }
    return read(file.readAll());
}
