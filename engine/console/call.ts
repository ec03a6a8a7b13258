import type { z } from 'zod/v4';
import type { Clock } from '../clock';
import type { Store } from '../store/open-store';
import type { Devices } from './devices';
import type { EventFeed } from './event-feed';
import { refusal, type Answer, type ConsoleRequest, type ConsoleResponse } from './http';
import type { PasswordCheck } from './password';
import type { CheckedSignIn } from './sign-ins';

/** What a sub-route is given, and the list it is entered in. */
export interface Call {
	request: ConsoleRequest;
	/** Who asks; null only where `access` is open. */
	signIn: CheckedSignIn;
	/** The password of the credential. */
	password: string;
	desk: ConsoleDesk;
	feed: EventFeed;
	passwords: PasswordCheck;
}

export type OpenCall = Omit<Call, 'signIn'> & { signIn: CheckedSignIn | null };

/** The desk, as far as the pages know it. */
export interface ConsoleDesk {
	store: Store;
	clock: Clock;
	devices: Devices;
	sendTest(test: { channelId: string; phone: string; text: string }): Promise<TestOutcome>;
	log(message: string, details: Record<string, unknown>): void;
}

export interface TestOutcome {
	status: 'sent' | 'refused' | 'queued' | 'held' | 'unknown';
	/** Portuguese. */
	explanation: string | null;
}

/** GET reads, POST changes: a change is made only for our own page, with the token of its sign-in. */
export type Route = { name: string; method: 'GET' | 'POST' } & (
	| { access: 'signedIn'; run(call: Call): Promise<ConsoleResponse> }
	| { access: 'open'; run(call: OpenCall): Promise<ConsoleResponse> }
);

/** The body of a request, checked; or the refusal to answer with. */
export function readBody<T>(
	request: ConsoleRequest,
	schema: z.ZodType<T>,
): { ok: true; value: T } | { ok: false; answer: Answer } {
	let body: unknown;
	try {
		body = JSON.parse(Buffer.from(request.body).toString('utf8'));
	} catch {
		return { ok: false, answer: refusal(400, 'notJson', 'O pedido não pôde ser lido. Recarregue a página.') };
	}
	const read = schema.safeParse(body);
	if (read.success) return { ok: true, value: read.data };
	const field = read.error.issues[0]?.path.join('.') ?? '';
	return {
		ok: false,
		answer: refusal(400, 'badRequest', `O campo "${field}" não está certo. Recarregue a página e tente de novo.`, {
			field,
		}),
	};
}
