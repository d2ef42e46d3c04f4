// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace panj::forecast::detail {

/// Countries with a land border in common, each pair once, by UCDP's and VIEWS's names. Printed by
/// scripts/neighbours/make.js from Natural Earth 1:50m (public domain).
inline constexpr std::string_view kCountryBorders =
    R"(Afghanistan: China; Iran; Pakistan; Tajikistan; Turkmenistan; Uzbekistan
Albania: Greece; Kosovo; Macedonia; Montenegro
Algeria: Libya; Mali; Mauritania; Morocco; Niger; Tunisia
Angola: Congo; Congo, DRC; Namibia; Zambia
Argentina: Bolivia; Brazil; Chile; Paraguay; Uruguay
Armenia: Azerbaijan; Georgia; Iran; Turkey
Austria: Czech Republic; Germany; Hungary; Italy; Slovakia; Slovenia; Switzerland
Azerbaijan: Georgia; Iran; Russia; Turkey
Bangladesh: India; Myanmar
Belarus: Latvia; Lithuania; Poland; Russia; Ukraine
Belgium: France; Germany; Luxembourg; Netherlands
Belize: Guatemala; Mexico
Benin: Burkina Faso; Niger; Nigeria; Togo
Bhutan: China; India
Bolivia: Brazil; Chile; Paraguay; Peru
Bosnia and Herzegovina: Croatia; Montenegro; Serbia
Botswana: Namibia; South Africa; Zimbabwe
Brazil: Colombia; France; Guyana; Paraguay; Peru; Suriname; Uruguay; Venezuela
Brunei: Malaysia
Bulgaria: Greece; Macedonia; Romania; Serbia; Turkey
Burkina Faso: Cote d'Ivoire; Ghana; Mali; Niger; Togo
Burundi: Congo, DRC; Rwanda; Tanzania
Cambodia: Laos; Thailand; Vietnam
Cameroon: Central African Republic; Chad; Congo; Equatorial Guinea; Gabon; Nigeria
Canada: United States
Central African Republic: Chad; Congo; Congo, DRC; South Sudan; Sudan
Chad: Libya; Niger; Nigeria; Sudan
Chile: Peru
China: India; Kazakhstan; Kyrgyzstan; Laos; Mongolia; Myanmar; Nepal; North Korea; Pakistan; Russia; Tajikistan; Vietnam
Colombia: Ecuador; Panama; Peru; Venezuela
Congo: Congo, DRC; Gabon
Congo, DRC: Rwanda; South Sudan; Tanzania; Uganda; Zambia
Costa Rica: Nicaragua; Panama
Cote d'Ivoire: Ghana; Guinea; Liberia; Mali
Croatia: Hungary; Montenegro; Serbia; Slovenia
Czech Republic: Germany; Poland; Slovakia
Denmark: Germany
Djibouti: Eritrea; Ethiopia; Somalia
Dominican Republic: Haiti
Ecuador: Peru
Egypt: Israel; Libya; Sudan
El Salvador: Guatemala; Honduras
Equatorial Guinea: Gabon
Eritrea: Ethiopia; Sudan
Estonia: Latvia; Russia
Ethiopia: Kenya; Somalia; South Sudan; Sudan
Finland: Norway; Russia; Sweden
France: Germany; Italy; Luxembourg; Spain; Suriname; Switzerland
Georgia: Russia; Turkey
Germany: Luxembourg; Netherlands; Poland; Switzerland
Ghana: Togo
Greece: Macedonia; Turkey
Guatemala: Honduras; Mexico
Guinea: Guinea-Bissau; Liberia; Mali; Senegal; Sierra Leone
Guinea-Bissau: Senegal
Guyana: Suriname; Venezuela
Honduras: Nicaragua
Hungary: Romania; Serbia; Slovakia; Slovenia; Ukraine
India: Myanmar; Nepal; Pakistan
Indonesia: Malaysia; Papua New Guinea; Timor Leste
Iran: Iraq; Pakistan; Turkey; Turkmenistan
Iraq: Jordan; Kuwait; Saudi Arabia; Syria; Turkey
Ireland: United Kingdom
Israel: Jordan; Lebanon; Syria
Italy: Slovenia; Switzerland
Jordan: Saudi Arabia; Syria
Kazakhstan: Kyrgyzstan; Russia; Turkmenistan; Uzbekistan
Kenya: Somalia; South Sudan; Tanzania; Uganda
Kosovo: Macedonia; Montenegro; Serbia
Kuwait: Saudi Arabia
Kyrgyzstan: Tajikistan; Uzbekistan
Laos: Myanmar; Thailand; Vietnam
Latvia: Lithuania; Russia
Lebanon: Syria
Lesotho: South Africa
Liberia: Sierra Leone
Libya: Niger; Sudan; Tunisia
Lithuania: Poland; Russia
Macedonia: Serbia
Malawi: Mozambique; Tanzania; Zambia
Malaysia: Thailand
Mali: Mauritania; Niger; Senegal
Mauritania: Morocco; Senegal
Mexico: United States
Moldova: Romania; Ukraine
Mongolia: Russia
Montenegro: Serbia
Mozambique: South Africa; Swaziland; Tanzania; Zambia; Zimbabwe
Myanmar: Thailand
Namibia: South Africa; Zambia
Niger: Nigeria
North Korea: Russia; South Korea
Norway: Russia; Sweden
Oman: Saudi Arabia; United Arab Emirates; Yemen
Poland: Russia; Slovakia; Ukraine
Portugal: Spain
Qatar: Saudi Arabia
Romania: Serbia; Ukraine
Russia: Ukraine
Rwanda: Tanzania; Uganda
Saudi Arabia: United Arab Emirates; Yemen
Senegal: The Gambia
Slovakia: Ukraine
South Africa: Swaziland; Zimbabwe
South Sudan: Sudan; Uganda
Syria: Turkey
Tajikistan: Uzbekistan
Tanzania: Uganda; Zambia
Turkmenistan: Uzbekistan
Zambia: Zimbabwe
)";

}  // namespace panj::forecast::detail
