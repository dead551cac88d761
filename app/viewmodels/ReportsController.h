// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "tutor/ReplyReports.h"
#include "viewmodels/RowModel.h"

#include <QObject>
#include <QPointer>
#include <QtQmlIntegration>

#include <memory>

class AppSettings;

/// A reply of the tutor that a student reported. A value.
struct ReportRow
{
    Q_GADGET
    QML_VALUE_TYPE(reportRow)
    Q_PROPERTY(QString report MEMBER report)
    Q_PROPERTY(QString who MEMBER who)
    Q_PROPERTY(QString reason MEMBER reason)
    Q_PROPERTY(QString words MEMBER words)
    Q_PROPERTY(QString reply MEMBER reply)
    Q_PROPERTY(QString facts MEMBER facts)
    Q_PROPERTY(bool urgent MEMBER urgent)
    Q_PROPERTY(bool seen MEMBER seen)

public:
    QString report;
    QString who;
    QString reason;
    QString words; ///< the student's; may be empty
    QString reply; ///< the tutor's
    QString facts; ///< when, and by which model
    bool urgent = false; ///< somebody may be in need
    bool seen = false;

    QString key() const { return report; }
    bool operator==(const ReportRow&) const = default;
};

class ReportModel : public RowModel<ReportRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by its page")

public:
    using RowModel::RowModel;
};

/// Replies of the tutor that a teacher's students reported: what is new first. GUI thread.
class ReportsController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(ReportModel* rows READ rows CONSTANT)
    Q_PROPERTY(int unseen READ unseen NOTIFY changed)
    Q_PROPERTY(int hidden READ hidden NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)

public:
    ReportsController(AppSettings& settings, Clock& clock, QObject* parent = nullptr);
    ~ReportsController() override;

    /// Null for whoever teaches nobody.
    void attach(ReplyReports* reports);
    void retranslate() { publish(); }
    void present(const QList<ReportRow>& rows);

    ReportModel* rows() { return &m_rows; }
    /// Of all of them, also of those that are not shown yet.
    int unseen() const;
    /// How many more showMore() could show.
    int hidden() const;
    QString error() const { return m_error; }
    static QString reasonText(ReportReason reason);

    Q_INVOKABLE void refresh();
    Q_INVOKABLE void showMore();
    /// It was looked at.
    Q_INVOKABLE void settle(const QString& report);

Q_SIGNALS:
    void changed();

private:
    static constexpr qsizetype PageLength = 25;

    void publish();

    AppSettings& m_settings;
    Clock& m_clock;
    QPointer<ReplyReports> m_reports;
    std::unique_ptr<QObject> m_scope;
    QList<ReplyReport> m_all;
    ReportModel m_rows;
    QString m_error;
    qsizetype m_most = PageLength;
    int m_looks = 0;
};
