/**
 * Was this file uploaded already? One image sent to a thousand contacts is uploaded once.
 * Meta keeps uploads for 30 days; ours are trusted for one, and the oldest give way.
 */
import type { Clock } from '../../clock';

export interface UploadCache {
	get(key: string): string | null;
	set(key: string, mediaId: string): void;
	forget(key: string): void;
}

const TRUSTED_MS = 24 * 60 * 60_000;
const MOST = 500;

export function createUploadCache(clock: Clock): UploadCache {
	const entries = new Map<string, { mediaId: string; until: number }>();
	return {
		get(key) {
			const entry = entries.get(key);
			return entry && entry.until > clock.now() ? entry.mediaId : null;
		},
		set(key, mediaId) {
			entries.delete(key);
			entries.set(key, { mediaId, until: clock.now() + TRUSTED_MS });
			if (entries.size > MOST) entries.delete(entries.keys().next().value!);
		},
		forget: (key) => void entries.delete(key),
	};
}
