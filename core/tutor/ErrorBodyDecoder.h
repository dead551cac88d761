// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tutor/TutorProvider.h"

/// Collects the body of an answer whose status is an error and makes one TutorFailure of it.
class ErrorBodyDecoder final : public TutorDecoder
{
public:
    ErrorBodyDecoder(int status, HttpHeaders headers) : m_status(status), m_headers(std::move(headers)) { }

    std::vector<TutorEvent> feed(QByteArrayView bytes) override;
    std::vector<TutorEvent> end() override;

private:
    static constexpr qsizetype largestBody = 64 * 1024;

    int m_status;
    HttpHeaders m_headers;
    QByteArray m_body;
    bool m_over = false;
};

/// The wire's own decoder for a success, else one that reads the error.
template <typename Decoder>
std::unique_ptr<TutorDecoder> decoderOrErrorBody(int httpStatus, const HttpHeaders& headers)
{
    if (httpStatus < 200 || httpStatus >= 300) {
        return std::make_unique<ErrorBodyDecoder>(httpStatus, headers);
    }
    return std::make_unique<Decoder>();
}
