#!/usr/bin/env python3
"""The fonts on the wire: WenQuanYi Micro Hei (Apache-2.0, or GPL-3 with the font exception) reduced to the
characters of GB2312, Latin-1 and a few signs, without hints or layout tables (the client uses neither).

In two files. The first comes with the page: GB2312's first level, which is 99.7 % of modern text, what is common in
names of people and places, and whatever the program's own words and demonstration use. The second, the rest of the
second level, comes when a character of it is to be shown. Rarer ones are drawn by the browser with the system's fonts.

Arguments: the font, the first file, the second file, texts whose characters belong into the first."""
import subprocess
import sys

EXTRA = "←↑→↓−×÷±≤≥≠≈·•…—–‘’“”‰′″℃€£¥©®™✓✗①②③④⑤⑥⑦⑧⑨⑩"
# Of the second level, in names.
NAMES = (
    "覃闫邕钦钰鑫淼晟璐瑜琪琳玮珺颖岑麒麟莹蓉薇菁芸芮昱昕晖晔曦烨炜焱琦琨琬瑾璇璋璟睿祎祺筠綦缪罡羿翊翎胤芃芊芙芷苒茜荀荻莘莞菀萱蓓蔺蕙蕊"
    "蘅裴诩谌谯赟逄逯逵邝邬邱邸邹郅郇郜郦郯郗郧郢鄢酆钊钏铖铧铨锟镒闵阙阚隗隋隽雯霁霏靳鞠韶颉颢馥骁骅骞骐骥鹂麾黛佘佟佶俞倩僖儋冼淇淦浔"
    "渌溆滢漪潇澍澜濂濮灏炅煊煜熠熹珂珈珏珞珩璎瓒甄畲皓眭睢祁竺笪笙绮缇缙耒聂苑茗荥莅莒菏菡葭蓁蔚虢衢褚谲郴鄞陇隰雎霖鸢鹭麓岷岱峥嵘嵩巍"
    "娅娉婕婷嫣嬿媛妍妤妮姝姣娴婧昊晗旻晏晁暻杞枞柘柯栾桄桦桢梓梵棣楠楣槿樨樊殷毓沅沁沂泓泗洛洺洮洱浠涪涞涑涠湄溧漯潞澧濉泾渭"
    "忻怡恺恪悦惠愫憬懿斐旖喆喻嘉囡圳圩垌垚埔埇堃墉夔奕孜宸宥寰岚岽峒崀崆崃嶷巽弈彧徂徕忱祛禅禛稷")


def second_level():
    return {bytes([high, low]).decode("gb2312") for high in range(0xD8, 0xF8) for low in range(0xA1, 0xFF)}


def all_characters():
    chars = {chr(c) for c in range(0x20, 0x7F)} | {chr(c) for c in range(0xA0, 0x100)} | set(EXTRA)
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                chars.add(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:
                pass
    return chars


def used_in(texts):
    used = set()
    for path in texts:
        with open(path, encoding="utf-8") as file:
            used |= set(file.read())
    return used


def cut(source, target, characters):
    listing = target + ".unicodes"
    with open(listing, "w", encoding="ascii") as file:
        file.write(",".join(f"{ord(c):x}" for c in sorted(characters)))
    subprocess.run(
        ["pyftsubset", source, "--font-number=0", f"--unicodes-file={listing}", f"--output-file={target}",
         "--no-hinting", "--layout-features=", "--drop-tables+=GSUB,GPOS,GDEF,kern,vhea,vmtx",
         "--name-IDs=0,1,2,13,14", "--notdef-outline", "--ignore-missing-unicodes"],
        check=True)


def main():
    source, first, second, *texts = sys.argv[1:]
    later = second_level() - set(NAMES) - used_in(texts)
    cut(source, first, all_characters() - later)
    cut(source, second, later)


main()
