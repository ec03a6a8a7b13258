import { randomBytes } from 'node:crypto';
import type { Simulation } from '../simulation';
import type { AccountAnswer } from './account';

/** The Resumable Upload API: a session, then the bytes, then a handle for a template's example (cloud-api.md §4). */
export function openUpload(query: URLSearchParams): AccountAnswer {
	const length = Number(query.get('file_length'));
	const type = query.get('file_type') ?? '';
	if (!Number.isInteger(length) || length < 1) {
		return { ok: false, problem: { code: 100, details: 'The parameter file_length must be the size in bytes.' } };
	}
	if (!/^(image\/(jpeg|jpg|png)|video\/(mp4|3gpp)|application\/pdf)$/.test(type)) {
		return { ok: false, problem: { code: 100, details: `Param file_type '${type}' is not supported.` } };
	}
	// The session names its file, so that nothing has to be remembered; the real one looks just as long.
	const session = Buffer.from(JSON.stringify({ length, type, at: randomBytes(6).toString('hex') })).toString(
		'base64url',
	);
	return { ok: true, body: { id: `upload:${session}?sig=${randomBytes(12).toString('base64url')}` } };
}

export function receiveUpload(simulation: Simulation, session: string, offset: number, bytes: Buffer): AccountAnswer {
	const expected = sessionOf(session);
	if (!expected) return { ok: false, problem: { code: 100, subcode: 33, details: 'The upload session is unknown.' } };
	if (offset !== 0 || bytes.length !== expected.length) {
		const details = `The session expects ${expected.length} bytes from offset 0, it got ${bytes.length} from ${offset}.`;
		return { ok: false, problem: { code: 100, details } };
	}
	const handle = `4::${Buffer.from(expected.type).toString('base64')}:${randomBytes(24).toString('base64url')}`;
	simulation.templates.addHandle(handle);
	return { ok: true, body: { h: handle } };
}

function sessionOf(session: string): { length: number; type: string } | null {
	try {
		const value = JSON.parse(Buffer.from(session.replace(/^upload:/, ''), 'base64url').toString('utf8'));
		return typeof value.length === 'number' && typeof value.type === 'string' ? value : null;
	} catch {
		return null;
	}
}
