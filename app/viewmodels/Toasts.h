// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Scheduler.h"
#include "viewmodels/RowModel.h"

#include <QObject>
#include <QtQmlIntegration>

#include <functional>
#include <map>

/// A short message that comes and goes at the bottom of the window.
struct ToastRow
{
    Q_GADGET
    QML_VALUE_TYPE(toastRow)
    Q_PROPERTY(QString toast MEMBER toast)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QString tone MEMBER tone)
    Q_PROPERTY(QString action MEMBER action)

public:
    QString toast;
    QString text;
    QString tone;   ///< info, positive, warning or danger
    QString action; ///< the word on its button, empty for none

    QString key() const { return toast; }
    bool operator==(const ToastRow&) const = default;
};

class ToastModel : public RowModel<ToastRow>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the toasts")

public:
    using RowModel::RowModel;
};

/// Messages that need no answer. Each stays five seconds, the time an undo stays possible.
/// GUI thread.
class Toasts : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(ToastModel* rows READ rows CONSTANT)

public:
    explicit Toasts(Scheduler& scheduler, QObject* parent = nullptr);

    ToastModel* rows() { return &m_rows; }

    /// `act` runs when somebody presses the action before the toast is gone.
    void show(const QString& text, const QString& tone = QStringLiteral("info"), const QString& action = {},
        std::function<void()> act = {});
    Q_INVOKABLE void press(const QString& toast);
    Q_INVOKABLE void dismiss(const QString& toast);

private:
    struct Live
    {
        ScheduledTask expiry;
        std::function<void()> act;
    };

    Scheduler& m_scheduler;
    ToastModel m_rows;
    std::map<QString, Live> m_live;
    int m_last = 0;
};
