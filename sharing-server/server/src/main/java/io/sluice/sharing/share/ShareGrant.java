package io.sluice.sharing.share;

import io.sluice.sharing.recipient.RecipientId;
import java.time.Instant;

/** Lets a recipient read a share. SELECT is the only privilege there is. */
public record ShareGrant(ShareId share, RecipientId recipient, Instant grantedAt, String grantedBy) {}
