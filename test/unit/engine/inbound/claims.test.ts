import { claimOf } from '../../../../engine/inbound/claims';
import type { InboundEvent } from '../../../../engine/model';

const claim = (event: object, channel = 'cloudApi:1') => claimOf(channel, event as InboundEvent);

describe('the identity of what arrives (D-02)', () => {
	it('is the same for the same message, whoever it is said to be from (D-36)', () => {
		const byPhone = claim({ type: 'message', providerMessageId: 'wamid.1', sender: { waId: '55119' } });
		expect(claim({ type: 'message', providerMessageId: 'wamid.1', sender: { bsuid: 'BR.1' } })).toBe(byPhone);
	});

	it('keeps a message, its statuses, moves and news apart (D-03)', () => {
		const id = { providerMessageId: 'wamid.1' };
		const claims = [
			claim({ type: 'message', ...id }),
			claim({ type: 'message', ...id }, 'cloudApi:2'),
			claim({ type: 'message', ...id, unopened: true }),
			claim({ type: 'message', providerMessageId: 'wamid.2' }),
			claim({ type: 'status', ...id, status: 'sent' }),
			claim({ type: 'status', ...id, status: 'read' }),
			claim({ type: 'identity', ...id }),
			claim({ type: 'account', key: 'wamid.1' }),
		];
		expect(new Set(claims).size).toBe(claims.length);
	});

	it('is one for a message and its echo: nobody says the same thing twice', () => {
		expect(claim({ type: 'echo', providerMessageId: 'wamid.1' })).toBe(
			claim({ type: 'message', providerMessageId: 'wamid.1' }),
		);
	});
});
