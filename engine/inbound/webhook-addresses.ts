/** Where do published Cloud API Webhook nodes receive? Kept so that Diagnose can compare it with what Meta was told (D-30). */
import type { Instant } from '../model';
import type { Db, Store, Tx } from '../store/open-store';

export interface WebhookAddress {
	url: string;
	channelId: string;
	appId: string | null;
	accountId: string;
}

/** A node was published, or something arrived at it. */
export async function openWebhookAddress(store: Store, address: WebhookAddress, now: Instant): Promise<void> {
	const { url, channelId: channel_id, appId: app_id, accountId: account_id } = address;
	const row = { channel_id, app_id, account_id, opened_at: now, closed_at: null };
	await store.transaction((tx) =>
		tx
			.insertInto('webhook_address')
			.values({ url, ...row })
			.onConflict((c) => c.column('url').doUpdateSet(row))
			.execute(),
	);
}

export async function closeWebhookAddress(store: Store, url: string, now: Instant): Promise<void> {
	await store.transaction((tx) =>
		tx.updateTable('webhook_address').set({ closed_at: now }).where('url', '=', url).execute(),
	);
}

/** Open addresses that receive for this number: one node serves all numbers of its app. Newest first. */
export async function addressesFor(
	db: Db | Tx,
	of: { channelId: string; appId: string | null; accountId: string },
): Promise<string[]> {
	const rows = await db
		.selectFrom('webhook_address')
		.select('url')
		.where('closed_at', 'is', null)
		.where((e) =>
			e.or([
				e('channel_id', '=', of.channelId),
				...(of.appId ? [e('app_id', '=', of.appId)] : []),
				...(of.accountId ? [e('account_id', '=', of.accountId)] : []),
			]),
		)
		.orderBy('opened_at', 'desc')
		.execute();
	return rows.map(({ url }) => url);
}
