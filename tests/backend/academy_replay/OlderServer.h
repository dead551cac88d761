// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Conversation.h"

/// What a server of v2.51 said, told as one of v2.129 would: the whole list of where the academy,
/// which does as the newer one, differs from the older. By the line of the table at the end of
/// realtime-recordings.md:
///   a client that says what the older one crashes on (binary broadcasts, malformed JSON) goes away
///   there instead of being closed with 1011;
///   refused handshakes, which have another status and a reason now, and the request for a single
///   broadcast, which there was not, are left out;
///   presence_diff on vsn 2.0.0 is for everybody: it has no join_ref;
///   presence_state comes only to a join that speaks of presence, presence_diff only to one that
///   wants presence or takes part;
///   deletions do not come to a binding that asks for insertions;
///   broadcasts of the database are binary on vsn 2.0.0, and carry their id when replayed;
///   errors of bindings come unwrapped and list filters one by one, of which there may be several;
///   bytea is encoded once.
class OlderServer final
{
public:
    static void tellAsNewer(std::vector<ConversationLine>& lines);
};
