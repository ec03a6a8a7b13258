/** What a session has to tell people; the timeline, the alarm and workflows hear of it in the transaction that changes its row. */
import type { SessionProblem } from '../../model-linked-device';

export type SessionNews =
	/** A phone accepted the device. */
	| { type: 'linked'; phone: string | null; name: string | null }
	/** Messages come and go. */
	| { type: 'connected' }
	/** It does not come back, or not soon. `wasLinked`: it could send before. */
	| { type: 'down'; problem: SessionProblem; explanation: string; wasLinked: boolean; detail: string | null }
	/** WhatsApp lets the number answer, but not start conversations; or lets it again. */
	| { type: 'restricted'; explanation: string }
	| { type: 'unrestricted' }
	/** It was linked so many days ago and should be linked anew (C-09). */
	| { type: 'reminder'; days: number };
