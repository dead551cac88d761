// SPDX-License-Identifier: GPL-3.0-or-later
#include "evening/ReportPage.h"

#include <QJsonArray>

namespace {

QString esc(const QJsonValue& value)
{
    return value.toVariant().toString().toHtmlEscaped();
}

QString figure(const QString& label, const QJsonValue& value)
{
    return QStringLiteral("<div class=figure><b>%1</b><span>%2</span></div>").arg(esc(value), label);
}

} // namespace

QByteArray reportPage(const QJsonObject& report)
{
    const auto at = [&report](const char* key) { return report.value(QLatin1String(key)); };
    const bool clean = at("complete").toBool() && at("lost").toInt() == 0 && at("duplicated").toInt() == 0
        && at("mismatched").toInt() == 0 && at("problem").toString().isEmpty();
    QString html = QStringLiteral(
        "<!doctype html><html lang=en><meta charset=utf-8><title>The evening</title><style>"
        "body{font:16px/1.5 Inter,system-ui,sans-serif;margin:48px auto;max-width:1100px;padding:0 24px;background:#f7f6f3;color:#1a1a22}"
        "h1{font-size:34px;margin:0 0 8px}h2{margin-top:48px}.figures{display:flex;flex-wrap:wrap;gap:16px;margin:24px 0}"
        ".figure{background:#fff;border:1px solid #dedbd3;border-radius:10px;padding:16px 20px;min-width:120px}"
        ".figure b{display:block;font-size:26px;font-variant-numeric:tabular-nums}.figure span{color:#5d5b66}"
        "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:8px 12px;border-bottom:1px solid #dedbd3}"
        ".scenes{display:grid;grid-template-columns:1fr 1fr;gap:24px}.scenes img{width:100%;border:1px solid #dedbd3;border-radius:10px}"
        ".good{color:#1b7f56}.bad{color:#b3261e}</style>");
    html += QStringLiteral("<h1 class=%1>%2</h1>")
                .arg(clean ? QStringLiteral("good") : QStringLiteral("bad"),
                    clean ? QStringLiteral("Nothing was lost") : QStringLiteral("The evening found a fault"));
    if (!at("problem").toString().isEmpty()) {
        html += QStringLiteral("<p class=bad>%1</p>").arg(esc(at("problem")));
    }
    html += QStringLiteral("<div class=figures>") + figure(QStringLiteral("students"), at("students"))
        + figure(QStringLiteral("edits typed"), at("edits_typed")) + figure(QStringLiteral("lost"), at("lost"))
        + figure(QStringLiteral("duplicated"), at("duplicated")) + figure(QStringLiteral("different"), at("mismatched"))
        + figure(QStringLiteral("characters compared"), at("characters_compared"))
        + figure(QStringLiteral("stalls over 50 ms"), at("stalls_over_50_ms")) + QStringLiteral("</div>");
    html += QStringLiteral("<h2>What was done to them</h2><table><tr><th>What happened<th>To whom<th>Over after");
    for (const QJsonValue& fault : at("faults").toArray()) {
        html += QStringLiteral("<tr><td>%1<td>%2<td>%3 ms")
                    .arg(esc(fault[QLatin1String("what")]), esc(fault[QLatin1String("who")]), esc(fault[QLatin1String("recovery_ms")]));
    }
    html += QStringLiteral("</table><h2>The papers</h2><table><tr><th>Student<th>Kept here<th>At the school<th>Lost<th>Doubled<th>Different");
    for (const QJsonValue& paper : at("papers").toArray()) {
        html += QStringLiteral("<tr><td>%1<td>%2<td>%3<td>%4<td>%5<td>%6")
                    .arg(esc(paper[QLatin1String("student")]), esc(paper[QLatin1String("operations_on_this_computer")]),
                        esc(paper[QLatin1String("operations_at_the_school")]), esc(paper[QLatin1String("lost")]),
                        esc(paper[QLatin1String("duplicated")]), esc(paper[QLatin1String("mismatched")]));
    }
    html += QStringLiteral("</table><h2>The scenes</h2><div class=scenes>");
    for (const QJsonValue& scene : at("scenes").toArray()) {
        html += QStringLiteral("<figure style=margin:0><img src=\"%1\" alt=\"%2\"><figcaption>%3 s · %2</figcaption></figure>")
                    .arg(esc(scene[QLatin1String("file")]), esc(scene[QLatin1String("caption")]),
                        QString::number(scene[QLatin1String("at_s")].toDouble(), 'f', 0));
    }
    return (html + QStringLiteral("</div>")).toUtf8();
}
