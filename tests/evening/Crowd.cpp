// SPDX-License-Identifier: GPL-3.0-or-later
#include "evening/Crowd.h"

#include <QDir>
#include <QJsonDocument>

#include <algorithm>

Crowd::Crowd(QString program, QString folder, QUrl academy, QString key, QString sitting) :
    m_program(std::move(program)),
    m_folder(std::move(folder)),
    m_academy(std::move(academy)),
    m_key(std::move(key)),
    m_sitting(std::move(sitting))
{
}

Crowd::~Crowd()
{
    for (const auto& member : m_members) {
        member->process.disconnect();
        if (member->process.state() != QProcess::NotRunning) {
            member->process.kill();
            member->process.waitForFinished(3000);
        }
    }
}

void Crowd::start(int first, int last, int keyIntervalMs)
{
    for (int number = first; number <= last; ++number) {
        auto member = std::make_unique<Member>();
        Member* raw = member.get();
        const QString name = QStringLiteral("student%1").arg(number, 2, 10, QLatin1Char('0'));
        raw->email = name + QStringLiteral("@neolingus.demo");
        raw->folder = m_folder + QLatin1Char('/') + name;
        QDir().mkpath(raw->folder);
        raw->process.setStandardErrorFile(raw->folder + QStringLiteral("/log.txt"), QIODevice::Append);
        QObject::connect(&raw->process, &QProcess::readyReadStandardOutput, &raw->process, [this, raw] { read(*raw); });
        raw->process.start(m_program,
            {QStringLiteral("--academy"), m_academy.toString(), QStringLiteral("--key"), m_key,
                QStringLiteral("--email"), raw->email, QStringLiteral("--password"), QStringLiteral("neolingus-demo"),
                QStringLiteral("--sitting"), m_sitting, QStringLiteral("--folder"), raw->folder, QStringLiteral("--seed"),
                QString::number(number), QStringLiteral("--interval"), QString::number(keyIntervalMs + number)});
        m_members.push_back(std::move(member));
    }
}

void Crowd::askToHandIn()
{
    for (const auto& member : m_members) {
        member->process.write("hand in\n");
    }
}

void Crowd::read(Member& member)
{
    member.buffer += member.process.readAllStandardOutput();
    for (qsizetype end = member.buffer.indexOf('\n'); end >= 0; end = member.buffer.indexOf('\n')) {
        const QJsonObject line = QJsonDocument::fromJson(member.buffer.left(end)).object();
        member.buffer.remove(0, end + 1);
        const QString reached = line.value(QLatin1String("reached")).toString();
        member.running |= reached == QLatin1String("running");
        member.typed |= reached == QLatin1String("typed");
        member.handedIn |= reached == QLatin1String("handed_in");
        member.last = line;
    }
}

int Crowd::count(bool Member::*flag) const
{
    return int(std::count_if(m_members.begin(), m_members.end(), [flag](const auto& member) { return (*member).*flag; }));
}
