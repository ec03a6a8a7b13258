import { cleanFileName, fileNameFor } from '../../../../engine/channel/file-name';

describe('names that customers give their files', () => {
	it.each([
		['boleto.pdf', 'boleto.pdf'],
		['Orçamento março 2026.pdf', 'Orçamento março 2026.pdf'],
		['../../etc/passwd', 'passwd'],
		['..\\..\\Windows\\win.ini', 'win.ini'],
		['/root/.ssh/id_rsa', 'id_rsa'],
		['.htaccess', 'htaccess'],
		['foto\u202Egpj.exe', 'fotogpj.exe'],
		['a\u0000b\r\nc\u001b[31m.txt', 'abc[31m.txt'],
		['nota\u200b\ufeff.pdf', 'nota.pdf'],
		['relatório  \t final .pdf', 'relatório final .pdf'],
		['preço?<|>"*:.pdf', 'preço_______.pdf'],
		['CON', '_CON'],
		['nul.txt', '_nul.txt'],
		['fim. . .', 'fim'],
		['cafe\u0301.pdf', 'café.pdf'],
		['\ud83d.pdf', 'pdf'],
	])('%j is kept as %j', (given, kept) => expect(cleanFileName(given)).toBe(kept));

	it.each(['', '..', '/', '\u202e', ' . ', 'pasta/'])('nothing is left of %j', (given) =>
		expect(cleanFileName(given)).toBeNull(),
	);

	it('shortens what no file system takes, and keeps the extension', () => {
		const long = cleanFileName(`${'ç'.repeat(500)}.pdf`)!;
		expect(Buffer.byteLength(long)).toBeLessThanOrEqual(180);
		expect(long).toMatch(/^ç{80,}\.pdf$/);
		const emoji = cleanFileName('😀'.repeat(200))!;
		expect(Buffer.byteLength(emoji)).toBeLessThanOrEqual(180);
		expect(emoji).not.toMatch(/\p{Cs}/u);
	});
});

describe('a name that agrees with the type', () => {
	it.each([
		['boleto', 'application/pdf', 'boleto.pdf'],
		['boleto.PDF', 'application/pdf', 'boleto.PDF'],
		['boleto.exe', 'application/pdf', 'boleto.exe.pdf'],
		['foto.jpeg', 'image/jpeg', 'foto.jpeg'],
		['planilha v1.2', 'text/csv; charset=utf-8', 'planilha v1.2.csv'],
		['desenho.dwg', 'image/vnd.dwg', 'desenho.dwg'],
		['sem tipo', 'application/octet-stream', 'sem tipo'],
		[null, 'audio/ogg; codecs=opus', 'msg_1.ogg'],
		['../', 'image/png', 'msg_1.png'],
	])('%j of %s is %s', (name, type, expected) => expect(fileNameFor(name, type, 'msg_1')).toBe(expected));
});
