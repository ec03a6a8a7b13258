import type { Browser, Page } from 'playwright-core';
import type { Loose } from '../../simulator/model';
import { startSimulator, type Simulator } from '../../simulator/server';
import { DEMO_TEMPLATES } from '../../simulator/templates/seeds';
import { openBrowser, screenshot } from '../support/chromium';
import { complaintsOf } from '../support/editor';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver';

const ANA = '5511987654321';
const GRAPH = '/v26.0';

describe('the phone page as Meta’s reviewer and as a customer with templates', () => {
	let receiver: WebhookReceiver;
	let simulator: Simulator;
	let browser: Browser;
	let page: Page;
	let complaints: string[];

	beforeAll(async () => {
		receiver = await startWebhookReceiver();
		[simulator, browser] = await Promise.all([
			startSimulator({ templates: DEMO_TEMPLATES, number: { callbackUrl: receiver.url } }),
			openBrowser(),
		]);
		page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
		complaints = complaintsOf(page);
		await page.goto(simulator.url);
	});
	afterAll(async () => {
		await browser?.close();
		await simulator?.close();
		await receiver?.close();
	});

	const graph = async (path: string, body: object) => {
		const response = await fetch(`${simulator.url}${GRAPH}/${path}`, {
			method: 'POST',
			headers: { authorization: 'Bearer demo-token', 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return (await response.json()) as Loose;
	};
	const news = async (field: string) => {
		await simulator.admin.waitForIdleWebhooks();
		return receiver.changes().filter((change) => change.field === field);
	};

	it('approves one and rejects another by a click (C-25, C-34, X-10)', async () => {
		const text = (body: string) => [
			{ type: 'BODY', text: body },
			{ type: 'FOOTER', text: 'Empresa Demonstração' },
		];
		const create = (name: string, body: string) =>
			graph('102030405060708/message_templates', {
				name,
				language: 'pt_BR',
				category: 'UTILITY',
				components: text(body),
			});
		await create('lembrete_de_vencimento', 'A sua fatura vence amanhã. O boleto está na área do cliente.');
		await create('oferta_de_maio', 'Aproveite: *10% de desconto* em qualquer serviço até o fim do mês!');
		await page.locator('[data-testid="open-backstage"].has-news').click();
		await page.getByTestId('state-lembrete_de_vencimento').getByText('Em análise').waitFor();
		await screenshot(page, 'templates-pending');
		await page.getByTestId('approve-lembrete_de_vencimento').click();
		await page.getByTestId('state-lembrete_de_vencimento').getByText('Aprovado').waitFor();
		await page.getByTestId('reject-oferta_de_maio').click();
		await page.getByTestId('reject-reason').selectOption('PROMOTIONAL');
		await screenshot(page, 'templates-reject');
		await page.getByTestId('confirm-reject').click();
		await page.getByTestId('template-oferta_de_maio').getByText('Conteúdo promocional').waitFor();
		await page.getByTestId('more-aviso_os').click();
		await page.getByTestId('template-sheet').getByText('Falar com atendente').waitFor();
		await screenshot(page, 'templates-details');
		await page.keyboard.press('Escape');
		await screenshot(page, 'templates-decided');
		expect((await news('message_template_status_update')).map(({ value }) => [value.event, value.reason])).toEqual([
			['APPROVED', 'NONE'],
			['REJECTED', 'PROMOTIONAL'],
		]);
		await page.getByTestId('token-expired').scrollIntoViewIfNeeded();
		await page.getByTestId('token-expired').click();
		await page.locator('[data-testid="token-expired"]:checked').waitFor();
		await screenshot(page, 'backstage-account');
		expect((await graph('102030405060708/message_templates', {})).error.code).toBe(190);
		await page.getByTestId('token-expired').click();
		await page.locator('[data-testid="token-expired"]:not(:checked)').waitFor();
		await page.getByTestId('close-backstage').click();
	});

	it('shows a template with its file and buttons, and answers by a tap', async () => {
		await simulator.admin.addTemplate({
			name: 'boleto',
			components: [
				{ type: 'HEADER', format: 'DOCUMENT' },
				{ type: 'BODY', text: 'Olá {{1}}, o boleto de *{{2}}* vence em {{3}}.' },
				{ type: 'FOOTER', text: 'Empresa Demonstração' },
				{
					type: 'BUTTONS',
					buttons: [
						{ type: 'QUICK_REPLY', text: 'Já paguei' },
						{ type: 'URL', text: 'Abrir fatura', url: 'https://fatura.example/{{1}}' },
						{ type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+551130000000' },
						{ type: 'COPY_CODE', text: 'Copiar código' },
					],
				},
			],
		});
		await page.getByTestId(`customer-${ANA}`).click();
		const pane = page.getByTestId(`pane-${ANA}`);
		const send = (template: object) =>
			graph('109876543210987/messages', {
				messaging_product: 'whatsapp',
				to: `+${ANA}`,
				type: 'template',
				template: { language: { code: 'pt_BR' }, ...template },
			});
		const texts = (values: Record<string, string>) =>
			Object.entries(values).map(([parameter_name, text]) => ({ type: 'text', parameter_name, text }));
		const button = (index: string, sub_type: string, parameter: object) => ({
			type: 'button',
			index,
			sub_type,
			parameters: [parameter],
		});
		await send({
			name: 'boleto',
			components: [
				{
					type: 'header',
					parameters: [{ type: 'document', document: { link: 'https://x.example/b.pdf', filename: 'boleto.pdf' } }],
				},
				{ type: 'body', parameters: ['Ana', 'R$ 120,00', '10/05'].map((text) => ({ type: 'text', text })) },
				button('0', 'quick_reply', { type: 'payload', payload: 'paid' }),
				button('1', 'url', { type: 'text', text: 'abc' }),
				button('3', 'copy_code', { type: 'coupon_code', coupon_code: '34191' }),
			],
		});
		await send({
			name: 'aviso_os',
			components: [{ type: 'body', parameters: texts({ nome: 'Ana', numero: '4711', situacao: 'concluída' }) }],
		});
		await pane.getByRole('button', { name: 'Já paguei' }).click();
		await pane.locator('[data-from="contact"]').getByText('Já paguei').waitFor();
		await screenshot(page, 'template-bubble');
		const messages = await news('messages');
		const answer = messages.map(({ value }) => value.messages?.[0]).find(Boolean);
		expect(answer.button).toEqual({ payload: 'paid', text: 'Já paguei' });
	});

	it('lets the customer stop promotions from the profile (131050)', async () => {
		await page.getByTestId(`profile-${ANA}`).click();
		await page.getByTestId('stop-marketing').click();
		await page.getByTestId(`pane-${ANA}`).getByText('parou promoções').waitFor();
		await screenshot(page, 'customer-profile');
		const [told] = await news('user_preferences');
		expect(told!.value.user_preferences[0].value).toBe('stop');
		await page.keyboard.press('Escape');
		expect(complaints).toEqual([]);
	});
});
