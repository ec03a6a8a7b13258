/** May the number start conversations now, and if not, since which rule (C-11, X-08)? */
import { fine, lasting, wrong } from '../channel/findings';
import type { Finding } from '../channel/port';
import type { Instant } from '../model';
import { readStarts } from '../outbox/read-starts';
import type { Store } from '../store/open-store';

export async function startsFindings(store: Store, channelId: string, now: Instant): Promise<Finding[]> {
	const { count, cap, brake } = await store.read((db) => readStarts(db, channelId, now));
	const found = `Conversations started today: ${count}${cap === null ? ', without a cap of the desk' : ` of ${cap}`}.`;
	if (brake) {
		return [
			wrong(
				'starts',
				`${found} Starts rest for another ${lasting(brake.until - now)}: ${brake.reason}`,
				'Find out why people reject or report the messages before starting more; replies go on. The brake is set with Channel: Set Limits.',
			),
		];
	}
	if (cap !== null && count >= cap) {
		return [fine('starts', `${found} The others leave tomorrow.`)];
	}
	return [fine('starts', found)];
}
