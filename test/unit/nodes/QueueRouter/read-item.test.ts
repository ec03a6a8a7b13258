import type { MessageItem } from '../../../../engine';
import { readItem } from '../../../../nodes/QueueRouter/read-item';

it('tells the router of which kind a message is that is none of the usual ones', () => {
	const message = {
		event: 'message',
		text: '2',
		type: 'other',
		providerType: 'edit',
		messageId: 'msg_1',
		conversation: { id: 'cnv_1' },
	} as MessageItem;
	const task = readItem({ json: {} }, message);
	expect(task).toMatchObject({ type: 'route', request: { event: { contentType: 'other', providerType: 'edit' } } });
});
