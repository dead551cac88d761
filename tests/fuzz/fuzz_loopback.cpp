// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/FuzzTarget.h"
#include "supabase/LoopbackListener.h"

/// Whoever is listened to asked for the secret path, under the name of this computer.
FUZZ_TARGET(loopback)
{
    const QByteArray request = viewOf(data, size).toByteArray();
    const auto query = LoopbackListener::parametersOf(request, 4711, "/callback/secret");
    const qsizetype end = request.indexOf("\r\n\r\n");
    if (query) {
        mustHold(end > 0 && request.startsWith("GET /callback/secret"));
        mustHold(request.left(end + 2).toLower().contains("\r\nhost: 127.0.0.1:4711\r\n"));
        for (const auto& [name, value] : query->queryItems(QUrl::FullyDecoded)) {
            (void)query->queryItemValue(name, QUrl::FullyDecoded);
        }
    }
    return 0;
}
