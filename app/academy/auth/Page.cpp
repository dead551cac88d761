// SPDX-License-Identifier: GPL-3.0-or-later
#include "academy/auth/Page.h"

namespace academy {

namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:12vh auto;padding:0 1.5rem}
h1{font-size:1.5rem}h2{font-size:1rem;margin:0}
label{display:block;margin:1rem 0 .25rem}
input{width:100%;box-sizing:border-box;font:inherit;padding:.6rem}
button{font:inherit;padding:.6rem 1.2rem;margin-top:1.5rem}
article{border-top:1px solid #8884;padding:1rem 0}article p{margin:.25rem 0}
.code{font-size:1.75rem;letter-spacing:.2em;font-variant-numeric:tabular-nums}.wrong{color:#c22}
)";

} // namespace

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

Response page(std::string_view title, std::string_view body)
{
    std::string html = "<!doctype html><html lang=en><meta charset=utf-8>"
                       "<meta name=viewport content=\"width=device-width\"><title>";
    html += escaped(title);
    html += "</title><style>";
    html += style;
    html += "</style><h1>";
    html += escaped(title);
    html += "</h1>";
    html += body;
    Response response{200, {{"Content-Type", "text/html; charset=utf-8"}}, std::move(html)};
    response
        .with("Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri "
            "'none'")
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "no-referrer");
    return response;
}

} // namespace academy
