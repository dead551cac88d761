// SPDX-License-Identifier: GPL-3.0-or-later
#include "tutor/ErrorBodyDecoder.h"

#include "tutor/ProviderError.h"
#include "wire/Json.h"

std::vector<TutorEvent> ErrorBodyDecoder::feed(QByteArrayView bytes)
{
    m_body.append(bytes.first(std::min(bytes.size(), largestBody - m_body.size())));
    return {};
}

std::vector<TutorEvent> ErrorBodyDecoder::end()
{
    if (std::exchange(m_over, true)) {
        return {};
    }
    const Result<QJsonValue> json = parseJson(m_body);
    // What is no JSON, or was cut off, may still tell its kind in words.
    return {providerError(m_status, m_headers, json ? *json : QJsonValue(QString::fromUtf8(m_body)))};
}
