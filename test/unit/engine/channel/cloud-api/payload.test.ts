import { buildPayload } from '../../../../../engine/channel/cloud-api/payload';
import type { OutboundContent, OutboundMessage } from '../../../../../engine/model';

const aMessage = (content: OutboundContent, change: Partial<OutboundMessage> = {}): OutboundMessage => ({
	id: 'out_0001',
	address: '5511988887777',
	content,
	...change,
});

const ENVELOPE = {
	messaging_product: 'whatsapp',
	recipient_type: 'individual',
	to: '+5511988887777',
	biz_opaque_callback_data: 'out_0001',
};

describe('request for Graph', () => {
	it('carries a text and our own id', () => {
		expect(buildPayload(aMessage({ type: 'text', text: 'Olá' }))).toEqual({
			...ENVELOPE,
			type: 'text',
			text: { body: 'Olá', preview_url: false },
		});
	});

	it.each(['5511988887777', '+5511988887777', '+55 (11) 98888-7777'])(
		'writes the phone %s with + and digits',
		(address) => {
			expect(buildPayload(aMessage({ type: 'text', text: 'Olá' }, { address }))).toMatchObject({
				to: '+5511988887777',
			});
		},
	);

	it.each(['BR.1000000000000001', 'BR.ENT.11815799212886844830'])(
		'addresses the business-scoped id %s by recipient and never by to (D-05)',
		(address) => {
			const payload = buildPayload(aMessage({ type: 'text', text: 'Olá' }, { address }));
			expect(payload).toMatchObject({ recipient: address });
			expect(payload).not.toHaveProperty('to');
		},
	);

	it.each(['', 'Ana', '5511988887777@s.whatsapp.net', '123', '551198888777700000'])(
		'is not built for the address %p',
		(address) => {
			expect(buildPayload(aMessage({ type: 'text', text: 'Olá' }, { address }))).toBeNull();
		},
	);

	it('quotes a message, except with a reaction', () => {
		const quoting = { quotedProviderMessageId: 'wamid.A' };
		expect(buildPayload(aMessage({ type: 'text', text: 'Olá' }, quoting))).toMatchObject({
			context: { message_id: 'wamid.A' },
		});
		const reaction = buildPayload(aMessage({ type: 'reaction', messageId: 'wamid.A', emoji: '👍' }, quoting));
		expect(reaction).toEqual({ ...ENVELOPE, type: 'reaction', reaction: { message_id: 'wamid.A', emoji: '👍' } });
	});

	it('shows three options as reply buttons', () => {
		const menu: OutboundContent = {
			type: 'menu',
			body: 'Escolha:',
			plainText: '1 - A',
			options: [
				{ id: 'queue:a', title: 'A' },
				{ id: 'queue:b', title: 'B' },
			],
			style: 'auto',
			header: 'Atendimento',
			footer: 'Digite menu para voltar',
		};
		expect(buildPayload(aMessage(menu))).toEqual({
			...ENVELOPE,
			type: 'interactive',
			interactive: {
				type: 'button',
				header: { type: 'text', text: 'Atendimento' },
				body: { text: 'Escolha:' },
				footer: { text: 'Digite menu para voltar' },
				action: {
					buttons: [
						{ type: 'reply', reply: { id: 'queue:a', title: 'A' } },
						{ type: 'reply', reply: { id: 'queue:b', title: 'B' } },
					],
				},
			},
		});
	});

	it('shows more options as one list section', () => {
		const options = ['A', 'B', 'C', 'D'].map((title) => ({ id: `queue:${title}`, title }));
		options[0] = { ...options[0]!, description: 'Primeira' } as never;
		const menu: OutboundContent = { type: 'menu', body: 'Escolha:', plainText: '', options, style: 'auto' };
		expect(buildPayload(aMessage(menu))).toMatchObject({
			type: 'interactive',
			interactive: {
				type: 'list',
				body: { text: 'Escolha:' },
				action: {
					button: 'Ver opções',
					sections: [
						{
							title: 'Opções',
							rows: [
								{ id: 'queue:A', title: 'A', description: 'Primeira' },
								{ id: 'queue:B', title: 'B' },
								{ id: 'queue:C', title: 'C' },
								{ id: 'queue:D', title: 'D' },
							],
						},
					],
				},
			},
		});
	});

	it('shows what cannot be tapped as the complete plain text (C-18, X-01)', () => {
		const options = Array.from({ length: 11 }, (_, i) => ({ id: `${i}`, title: `Fila ${i}` }));
		const menu: OutboundContent = {
			type: 'menu',
			body: 'Escolha:',
			plainText: 'Escolha:\n1 - …',
			options,
			style: 'list',
		};
		expect(buildPayload(aMessage(menu))).toMatchObject({ type: 'text', text: { body: 'Escolha:\n1 - …' } });
	});

	it('names a document and captions it', () => {
		const content: OutboundContent = {
			type: 'media',
			mediaType: 'document',
			source: { link: 'https://exemplo.com.br/b.pdf' },
			caption: 'Seu boleto',
			fileName: 'boleto.pdf',
		};
		expect(buildPayload(aMessage(content))).toEqual({
			...ENVELOPE,
			type: 'document',
			document: { link: 'https://exemplo.com.br/b.pdf', caption: 'Seu boleto', filename: 'boleto.pdf' },
		});
	});

	it('takes the id of an upload, or one the caller already has', () => {
		const image = (source: { blobId: string } | { providerMediaId: string }): OutboundContent => ({
			type: 'media',
			mediaType: 'image',
			source,
			fileName: 'foto.jpg',
		});
		expect(buildPayload(aMessage(image({ blobId: 'b1' })), '777')).toMatchObject({ image: { id: '777' } });
		expect(buildPayload(aMessage(image({ providerMediaId: '888' })))).toMatchObject({ image: { id: '888' } });
		expect(buildPayload(aMessage(image({ blobId: 'b1' })), '777')?.image).not.toHaveProperty('filename');
	});

	it('marks a voice message', () => {
		const content: OutboundContent = {
			type: 'media',
			mediaType: 'audio',
			source: { providerMediaId: '1' },
			voice: true,
		};
		expect(buildPayload(aMessage(content))?.audio).toEqual({ id: '1', voice: true });
	});

	it('carries a location', () => {
		const content: OutboundContent = { type: 'location', latitude: -23.5, longitude: -46.6, name: 'Loja' };
		expect(buildPayload(aMessage(content))?.location).toEqual({ latitude: -23.5, longitude: -46.6, name: 'Loja' });
	});

	it('carries contact cards', () => {
		const contacts = [{ name: 'Bia', phones: [{ phone: '+551130000000', type: 'WORK' }], organization: 'Loja' }];
		expect(buildPayload(aMessage({ type: 'contacts', contacts }))?.contacts).toEqual([
			{
				name: { formatted_name: 'Bia', first_name: 'Bia' },
				phones: [{ phone: '+551130000000', type: 'WORK' }],
				org: { company: 'Loja' },
			},
		]);
	});
});
