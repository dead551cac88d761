// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/NetworkWatch.h"

#include "base/Log.h"

#include <QNetworkInterface>
#include <QSocketNotifier>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <functional>

namespace {

/// The kernel's own news of links and addresses: no daemon is asked, and none of their libraries is
/// loaded.
class KernelNews final : public QObject
{
public:
    KernelNews(QObject* parent, std::function<void()> changed)
        : QObject(parent), m_changed(std::move(changed)),
          m_socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE))
    {
        sockaddr_nl topics{};
        topics.nl_family = AF_NETLINK;
        topics.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
        if (m_socket < 0
            || ::bind(m_socket, reinterpret_cast<const sockaddr*>(&topics), sizeof topics) != 0) {
            return; // then only answers tell whether there is a network
        }
        auto* const news = new QSocketNotifier(m_socket, QSocketNotifier::Read, this);
        connect(news, &QSocketNotifier::activated, this, [this] {
            std::array<char, 8192> read{};
            while (::recv(m_socket, read.data(), read.size(), 0) > 0) {
            }
            m_changed();
        });
    }
    ~KernelNews() override
    {
        if (m_socket >= 0) {
            qDeleteAll(children());
            ::close(m_socket);
        }
    }
    Q_DISABLE_COPY_MOVE(KernelNews)

private:
    std::function<void()> m_changed;
    int m_socket;
};

/// Of every network there is, but the computer's own.
QStringList addressesNow()
{
    QStringList addresses;
    for (const QNetworkInterface& each : QNetworkInterface::allInterfaces()) {
        constexpr QNetworkInterface::InterfaceFlags Alive
            = QNetworkInterface::IsUp | QNetworkInterface::IsRunning;
        if ((each.flags() & Alive) != Alive || each.flags() & QNetworkInterface::IsLoopBack) {
            continue;
        }
        for (const QNetworkAddressEntry& entry : each.addressEntries()) {
            addresses.append(entry.ip().toString());
        }
    }
    addresses.sort();
    return addresses;
}

} // namespace

NetworkWatch::NetworkWatch(Clock& clock, Scheduler& scheduler, QObject* parent)
    : QObject(parent), m_clock(clock), m_lastTick(clock.monotonic()),
      m_ticking(scheduler.every(Tick, [this] { tick(); }))
{
    new KernelNews(this, [this] { setAddresses(addressesNow()); });
    m_addresses = addressesNow();
    m_reachable = !m_addresses.isEmpty();
}

void NetworkWatch::tick()
{
    const MonotonicTime now = m_clock.monotonic();
    const auto passed = now - std::exchange(m_lastTick, now);
    if (passed > SleepFactor * Tick) {
        const auto slept = std::chrono::duration_cast<std::chrono::milliseconds>(passed - Tick);
        qCInfo(lcNet) << "woke after" << slept.count() << "ms";
        Q_EMIT woke(slept);
    }
}

void NetworkWatch::setAddresses(const QStringList& addresses)
{
    if (std::exchange(m_addresses, addresses) == addresses) {
        return;
    }
    m_reachable = !addresses.isEmpty();
    if (m_reachable) {
        Q_EMIT networkUp();
    } else {
        Q_EMIT networkDown();
    }
}
