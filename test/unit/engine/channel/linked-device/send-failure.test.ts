import { readSendFailure, refusedBy } from '../../../../../engine/channel/linked-device/send-failure';

const boom = (message: string, statusCode: number) => Object.assign(new Error(message), { output: { statusCode } });

describe('a send that failed before the server answered', () => {
	it('surely did not leave when the line was closed before it was written', () => {
		for (const error of [boom('Connection Closed', 428), 1006, new Error('WebSocket is not open: readyState 3')]) {
			expect(readSendFailure(error, 0)).toMatchObject({ type: 'notSent' });
		}
	});

	it('may have left when the writing itself was not confirmed, or what follows it failed', () => {
		for (const error of [boom('Timed Out', 408), new Error('the store is away'), 'nonsense']) {
			expect(readSendFailure(error, 0)).toMatchObject({ type: 'unknown' });
		}
	});

	it('was refused when the server answered no to a question before it', () => {
		expect(readSendFailure(boom('rate-overlimit', 429), 0)).toMatchObject({
			type: 'refused',
			retry: { kind: 'backoff', scope: 'channel' },
		});
	});
});

describe('the server’s word on a message', () => {
	it('463 is never tried again (D-12)', () => {
		expect(refusedBy('463', 0)).toMatchObject({ type: 'refused', error: { code: '463' }, retry: { kind: 'never' } });
	});

	it('trouble of the server is, later each time', () => {
		const waits = [0, 1, 2].map((attempt) => refusedBy('503', attempt).retry);
		expect(waits.map((retry) => (retry.kind === 'backoff' ? retry.minMs : 0))).toEqual([30_000, 60_000, 120_000]);
	});
});
