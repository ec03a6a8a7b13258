import type { FetchedMedia } from '../channel/port';
import type { Instant } from '../model';

/** What becomes of a file after one attempt to fetch it. */
export type FetchVerdict =
	| { type: 'store'; bytes: Buffer; mimeType: string | null; fileName: string | null; sha256: string | null }
	| { type: 'again'; notBefore: Instant; reason: string }
	| { type: 'giveUp'; reason: string };

/** The provider keeps a received file this long (cloud-api §1). */
export const KEPT_BY_PROVIDER_MS = 7 * 24 * 3_600_000;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Quick at first, because most failures pass; then rarely, for up to seven days. */
const PAUSES_MS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 60 * MINUTE, 6 * 60 * MINUTE];

/** @param attempts how often it was tried, this time included */
export function judgeFetch(fetched: FetchedMedia, attempts: number, createdAt: Instant, now: Instant): FetchVerdict {
	switch (fetched.type) {
		case 'ok':
			return { ...fetched, type: 'store' };
		case 'gone':
			return { type: 'giveUp', reason: fetched.reason };
		case 'failed': {
			if (now - createdAt >= KEPT_BY_PROVIDER_MS) {
				return { type: 'giveUp', reason: `não foi possível baixá-lo em 7 dias: ${fetched.reason}` };
			}
			const pause = PAUSES_MS[Math.min(Math.max(attempts, 1), PAUSES_MS.length) - 1]!;
			return { type: 'again', notBefore: now + pause, reason: fetched.reason };
		}
	}
}
