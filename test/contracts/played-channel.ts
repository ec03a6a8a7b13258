// One open channel, and the world on its other side: what the channel contract asks of a channel to be played against it.
import type { Channel } from '../../engine/channel/port';
import type { InboundEvent } from '../../engine/model';
import type { SimulatorClient } from '../../simulator/client';
import type { MessageView } from '../../simulator/view';
import { eventually } from '../support/eventually';

export interface PlayedChannel {
	channel: Channel;
	/** Everything the channel heard so far, as events of the desk. */
	events: InboundEvent[];
	admin: SimulatorClient;
	/** Whose chats the simulator shows. */
	phoneNumberId: string;
	/** A human writes on the company's phone. @returns the message's id */
	typesOnPhone(waId: string, text: string): Promise<string>;
	/** The same channel while nobody can be reached. */
	unreachable(): Promise<Channel>;
	close(): Promise<void>;
}

/** The person on the other side. */
export const ANA = '5511987654321';

export class Stage {
	constructor(readonly played: PlayedChannel) {}

	/** A contact writes; answers with what the channel made of it. */
	async says(what: Parameters<SimulatorClient['say']>[1], waId = ANA) {
		const { admin, phoneNumberId } = this.played;
		const id = await admin.say(waId, what, phoneNumberId);
		return this.hears('message', (event) => event.providerMessageId === id);
	}

	/** The first event of a kind that is the one looked for, once it is there. */
	hears<T extends InboundEvent['type']>(
		type: T,
		isIt: (event: Extract<InboundEvent, { type: T }>) => boolean,
	): Promise<Extract<InboundEvent, { type: T }>> {
		const mine = (event: InboundEvent): event is Extract<InboundEvent, { type: T }> => event.type === type;
		return eventually(() => this.played.events.filter(mine).find(isIt));
	}

	/** What a contact's phone shows of the company, oldest first. */
	shown(waId = ANA): Promise<MessageView[]> {
		const { admin, phoneNumberId } = this.played;
		return admin.messages(waId, { from: 'business', phoneNumberId });
	}

	/** The message under this id on the contact's phone, once it is there. */
	arrives(providerMessageId: string, waId = ANA): Promise<MessageView> {
		return eventually(async () => (await this.shown(waId)).find(({ id }) => id === providerMessageId));
	}

	/** The bytes of the file a message shows. */
	async fileOf(message: MessageView): Promise<Buffer> {
		const { url } = this.played.admin;
		const answer = await fetch(`${url}/admin/media/${String((message.content as { id?: unknown }).id)}`);
		if (!answer.ok) throw new Error(`The message shows no file: ${JSON.stringify(message)}`);
		return Buffer.from(await answer.arrayBuffer());
	}
}
