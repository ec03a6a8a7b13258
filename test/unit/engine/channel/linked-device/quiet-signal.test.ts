import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { quietSignal } from '../../../../../engine/channel/linked-device/quiet-signal';

// No types come with the inner files of libsignal.
const SessionRecord = require('libsignal/src/session_record') as {
	new (): Record_;
	createEntry(): Session;
};
interface Record_ {
	sessions: Record<string, Session>;
	setSession(session: Session): void;
	openSession(session: Session): void;
	closeSession(session: Session): void;
	removeOldSessions(): void;
}
interface Session {
	registrationId: number;
	currentRatchet: unknown;
	indexInfo: { baseKey: Buffer; closed: number };
}

const PRIVATE = Buffer.from('a private key of thirty-two bytes');

function aSession(baseKey = Buffer.of(1)): Session {
	const session = SessionRecord.createEntry();
	return Object.assign(session, {
		registrationId: 7,
		currentRatchet: { ephemeralKeyPair: { privKey: PRIVATE }, rootKey: PRIVATE },
		indexInfo: { baseKey, closed: -1 },
	});
}

describe('the console beside libsignal', () => {
	const METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const;
	const real = Object.fromEntries(METHODS.map((method) => [method, console[method]]));
	let said: unknown[][];

	beforeEach(() => {
		said = [];
		for (const method of METHODS) console[method] = (...args: unknown[]) => void said.push([method, ...args]);
	});
	afterEach(() => Object.assign(console, real));

	/** Everything libsignal does that prints a session. */
	function useSessions(): void {
		const record = new SessionRecord();
		const session = aSession();
		record.setSession(session);
		record.closeSession(session);
		record.closeSession(session);
		record.openSession(session);
		for (let i = 0; i <= 40; i++) {
			const old = aSession(Buffer.of(2, i));
			old.indexInfo.closed = i;
			record.setSession(old);
		}
		record.removeOldSessions();
	}

	it('shows private keys as long as nothing is done about it', () => {
		useSessions();
		expect(said.map(([method, line]) => `${String(method)}: ${String(line)}`)).toEqual([
			'info: Closing session:',
			'warn: Session already closed',
			'info: Opening session:',
			'info: Removing old closed session:',
			'info: Removing old closed session:',
		]);
		expect(inspect(said, { depth: 9 })).toContain('privKey');
	});

	it('says nothing of sessions once libsignal is quiet', () => {
		quietSignal();
		useSessions();
		expect(said).toEqual([]);
	});

	it('goes on saying everything else, as it was said', () => {
		quietSignal();
		const record = new SessionRecord();
		record.openSession(aSession());
		console.info('Closing session:', 'by hand');
		console.info('Closing session:', {}, 'and more');
		console.info('Closing session: 7', {});
		console.error('Closing session:', { of: 'somebody else' });
		console.warn('Decrypted message with closed session.');
		console.info();
		console.log('%s queues', 3);
		expect(said).toEqual([
			['warn', 'Session already open'],
			['info', 'Closing session:', 'by hand'],
			['info', 'Closing session:', {}, 'and more'],
			['info', 'Closing session: 7', {}],
			['error', 'Closing session:', { of: 'somebody else' }],
			['warn', 'Decrypted message with closed session.'],
			['info'],
			['log', '%s queues', 3],
		]);
	});

	it('is put in place once, however often sockets open', () => {
		quietSignal();
		const { info, warn } = console;
		quietSignal();
		expect([console.info === info, console.warn === warn]).toEqual([true, true]);
	});

	it('knows every line of the installed libsignal that shows more than words', () => {
		const words = /^(["'])[^"']*\1$/;
		expect(printed().filter((args) => !words.test(args))).toEqual([
			'"Closing session:", session',
			'"Migrating session to:", migrations[i].version',
			'"Opening session:", session',
			'"Removing old closed session:", oldestSession',
			'"Session already closed", session',
			'"Session error:" + e, e.stack',
			'"Unhandled bucket type (for naming):", typeof bucket, bucket',
			"'V1 session storage migration error: registrationId', data.registrationId, 'for open session version', data.version",
		]);
	});
});

/** What is handed to the console anywhere in libsignal. */
function printed(): string[] {
	const folder = dirname(require.resolve('libsignal/src/session_record'));
	const files = readdirSync(folder).filter((name) => name.endsWith('.js'));
	const sources = files.map((name) => readFileSync(join(folder, name), 'utf8').replace(/^\s*\/\/.*$/gm, ''));
	const calls = sources.flatMap((source) => [...source.matchAll(/\bconsole\.\w+\(([^;]*)\);/g)]);
	return calls.map(([, args]) => args!.replace(/\s+/g, ' ')).sort();
}
