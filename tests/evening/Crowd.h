// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QUrl>

#include <memory>
#include <vector>

/// The further students: one `neolingus-evening-student` process each.
class Crowd
{
public:
    struct Member
    {
        QString email;
        QString folder;
        QProcess process;
        QJsonObject last;   ///< the newest line it said
        bool running = false;
        bool typed = false;
        bool handedIn = false;
        QByteArray buffer;
    };

    Crowd(QString program, QString folder, QUrl academy, QString key, QString sitting);
    ~Crowd();
    Q_DISABLE_COPY_MOVE(Crowd)

    /// Starts students `first` to `last` of the demo class.
    void start(int first, int last, int keyIntervalMs);
    void askToHandIn();

    int count() const { return int(m_members.size()); }
    int countRunning() const { return count(&Member::running); }
    int countTyped() const { return count(&Member::typed); }
    int countHandedIn() const { return count(&Member::handedIn); }
    const std::vector<std::unique_ptr<Member>>& members() const { return m_members; }

private:
    void read(Member& member);
    int count(bool Member::*flag) const;

    QString m_program;
    QString m_folder;
    QUrl m_academy;
    QString m_key;
    QString m_sitting;
    std::vector<std::unique_ptr<Member>> m_members;
};
